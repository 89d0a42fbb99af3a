using System.CommandLine;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Validate;

/// <summary><c>validate</c>: reads the files and says what is in them; nothing is written.</summary>
internal sealed class ValidateVerb : Verb
{
    private const int ShownRejects = 100;
    private readonly TransactionOptions _transactions = new();

    private readonly Option<string?> _saveConfig = Opt.Text("--save-config", "FILE", "Write what was understood as a JSON file for --config, so that every later run reads the same.");

    public ValidateVerb() : base("validate", "Read transaction files and say what was recognised, counted and rejected.")
    {
        _transactions.AddTo(this);
        Add(_saveConfig);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TransactionInput input = _transactions.Read(parse, session.Environment);
        (ReadCounts read, CustomerAttributes? attributes) = await session.WithProgressAsync(progress =>
        {
            ReadCounts read = new PartedData(input, session.BytesOfLog is { } bytes ? new PartSize(bytes) : null).Read(_ => { }, progress, session.Cancellation);
            return (read, input.Attributes(null, progress, session.Cancellation));
        });
        IReadOnlyList<Finding> findings = [.. read.Findings, .. attributes?.Findings ?? []];
        ReadReport.Write(session.People, read);
        if (parse.GetValue(_saveConfig) is { } config)
        {
            ImportConfig.Write(session.Environment.PathOf(config), read.Summary, input.Options);
            session.Hint($"Wrote {config}; give it to later runs with --config {config}.");
        }
        session.Show(findings);
        session.Answer(new ValidateAnswer(read.Summary, [.. read.Rejected.Take(ShownRejects)],
            attributes is null ? null : new AttributesAnswer(attributes.Count, [.. attributes.Schema.Columns.Select(column => column.Name)]), findings));
        return ExitCode.Done;
    }
}
