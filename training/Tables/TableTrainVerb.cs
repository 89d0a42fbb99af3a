using System.CommandLine;
using CustomerValue.Boosting;
using CustomerValue.Data.Files;
using CustomerValue.Models.Tables;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Tables;

/// <summary><c>table train</c>: a model of all rows, in one file that knows its columns and levels.</summary>
internal sealed class TableTrainVerb : Verb
{
    private readonly TableOptions _table = new();
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the model to this file.");

    public TableTrainVerb() : base("train", "Train a model on all rows of the table and save it to a file.")
    {
        _table.AddTo(this);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TableInput input = _table.Read(parse, session.Environment);
        string file = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("Found no file for the model, expected --out FILE, such as --out churn.booster."));
        (LearningTable table, TrainingResult result) = await session.WithProgressAsync(progress =>
        {
            LearningTable table = LearningTable.Load(input, progress, session.Cancellation);
            BoosterOptions options = table.Options(table.Rows, input, progress, session.Cancellation);
            TrainingResult result = LearningTable.Fit(table.Rows, options, step => progress.Report(new("training", step.Round, step.Rounds, "trees")), session.Cancellation);
            WholeFile.Write(file, result.Model.Save, FileReaders.Anyone);
            return (table, result);
        });
        TableTrainAnswer answer = TableTrainAnswer.Of(table, result, file);
        TableReport.Write(session.People, answer);
        session.Show(answer.Findings);
        session.Hint($"Next: predict other rows with  {ProgramName.Command($"table predict FILE --model {parse.GetValue(_out)} --out predictions.csv")}");
        session.Answer(answer);
        return ExitCode.Done;
    }
}
