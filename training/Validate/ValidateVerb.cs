using System.CommandLine;
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
        LoadedData data = await session.WithProgressAsync(progress => LoadedData.Load(input, null, progress, session.Cancellation));
        ReadReport.Write(session.People, data.Read);
        if (parse.GetValue(_saveConfig) is { } config)
        {
            ImportConfig.Write(session.Environment.PathOf(config), data.Read.Summary, input.Options);
            session.Hint($"Wrote {config}; give it to later runs with --config {config}.");
        }
        session.Show(data.Findings);
        session.Answer(new ValidateAnswer(data.Read.Summary, [.. data.Read.Rejected.Take(ShownRejects)],
            data.Attributes is null ? null : new AttributesAnswer(data.Attributes.Count, [.. data.Attributes.Schema.Columns.Select(column => column.Name)]), data.Findings));
        return ExitCode.Done;
    }
}
