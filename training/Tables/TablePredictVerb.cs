using System.CommandLine;
using CustomerValue.Models.Tables;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Tables;

/// <summary><c>table predict</c>: a prediction for each row, to a CSV file.</summary>
internal sealed class TablePredictVerb : Verb
{
    private readonly Argument<string?> _file = TableFileArgument.Create();
    private readonly Option<string?> _model = Opt.Text("--model", "FILE", "Model that table train wrote.");
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the predictions to this CSV file, beside the columns that are no features.");

    public TablePredictVerb() : base("predict", "Predict the label of every row into a CSV file.")
    {
        Add(_file);
        Add(_model);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        string source = TableFileArgument.Read(parse, _file, session.Environment);
        string model = session.Environment.PathOf(parse.GetValue(_model) ?? throw new UsageException("Found no model, expected --model FILE as written by table train."));
        string file = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("Found no file for the predictions, expected --out FILE, such as --out predictions.csv."));
        (ScoringTable table, double[] responses) = await session.WithProgressAsync(progress =>
        {
            ScoringTable table = ScoringTable.Load(source, model, progress, session.Cancellation);
            double[] responses = new double[table.Data.RowCount];
            table.Model.Predict(table.Data, responses);
            session.Cancellation.ThrowIfCancellationRequested();
            TableFile.Write(file, table, [table.ResponseName], write =>
            {
                for (int row = 0; row < responses.Length; row++)
                    write(row, [responses[row]]);
            });
            return (table, responses);
        });
        TablePredictAnswer answer = new()
        {
            Model = model,
            Objective = table.Model.Objective.Name,
            Rows = responses.Length,
            Mean = responses.Average(),
            Lowest = responses.Min(),
            Highest = responses.Max(),
            Out = file,
            Findings = table.Findings,
        };
        TableReport.Write(session.People, answer);
        session.Show(answer.Findings);
        session.Answer(answer);
        return ExitCode.Done;
    }
}
