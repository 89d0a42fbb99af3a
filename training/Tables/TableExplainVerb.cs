using System.CommandLine;
using CustomerValue.Models.Tables;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Tables;

/// <summary><c>table explain</c>: how much each column moves the predictions, of all rows or of one.</summary>
internal sealed class TableExplainVerb : Verb
{
    private readonly Argument<string?> _file = TableFileArgument.Create();
    private readonly Option<string?> _model = Opt.Text("--model", "FILE", "Model that table train wrote.");
    private readonly Option<int?> _row = Opt.Integer("--row", "Explain this row only, counted from 1 below the header.", 1, int.MaxValue);
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the contributions of each row to this CSV file.");

    public TableExplainVerb() : base("explain", "Say how much each column moves the predictions of a model, for all rows or one.")
    {
        Add(_file);
        Add(_model);
        Add(_row);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        string source = TableFileArgument.Read(parse, _file, session.Environment);
        string model = session.Environment.PathOf(parse.GetValue(_model) ?? throw new UsageException("Found no model, expected --model FILE as written by table train."));
        string? file = parse.GetValue(_out) is { } path ? session.Environment.PathOf(path) : null;
        TableExplainAnswer answer = await session.WithProgressAsync(progress =>
        {
            ScoringTable table = ScoringTable.Load(source, model, progress, session.Cancellation);
            int[] rows = Rows(parse.GetValue(_row), table);
            if (file is null)
                return TableExplainAnswer.Of(table, rows, ContributionTable.Of(table, rows, (_, _, _) => { }, session.Cancellation), null);
            ContributionTable? contributions = null;
            TableFile.Write(file, table, [.. table.Model.Features.Select(feature => feature.Name), "start", "raw_score", table.ResponseName], write =>
                contributions = ContributionTable.Of(table, rows, (row, values, response) => write(row, [.. values, values.Sum(), response]), session.Cancellation));
            return TableExplainAnswer.Of(table, rows, contributions!, file);
        });
        TableReport.Write(session.People, answer);
        session.Show(answer.Findings);
        session.Answer(answer);
        return ExitCode.Done;
    }

    private static int[] Rows(int? row, ScoringTable table) => row is not { } one ? [.. Enumerable.Range(0, table.Data.RowCount)]
        : one <= table.Data.RowCount ? [one - 1]
        : throw new UsageException($"--row: found {one}, expected 1 to {table.Data.RowCount}, the rows of the table.");
}
