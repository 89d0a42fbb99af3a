using System.CommandLine;
using CustomerValue.Models.Tables;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Tables;

/// <summary><c>table evaluate</c>: how good a model of the table is on rows it has not seen; nothing is saved.</summary>
internal sealed class TableEvaluateVerb : Verb
{
    private readonly TableOptions _table = new();
    private readonly Option<int> _folds = Opt.Integer("--folds", "Parts of equal label mix; each is predicted by a model of the others.", 5, 2, 100);

    public TableEvaluateVerb() : base("evaluate", "Measure a model of the table on rows it has not seen; nothing is saved.")
    {
        _table.AddTo(this);
        Add(_folds);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TableInput input = _table.Read(parse, session.Environment);
        TableEvaluation evaluation = await session.WithProgressAsync(progress =>
            TableEvaluation.Run(LearningTable.Load(input, progress, session.Cancellation), input, parse.GetValue(_folds), progress, session.Cancellation));
        TableReport.Write(session.People, evaluation);
        session.Show(evaluation.Findings);
        session.Answer(TableEvaluateAnswer.Of(evaluation));
        return ExitCode.Done;
    }
}
