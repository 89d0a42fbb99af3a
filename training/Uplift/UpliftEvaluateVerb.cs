using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Uplift;

/// <summary><c>uplift evaluate</c>: whether whom a treatment changes can be told; nothing is saved.</summary>
internal sealed class UpliftEvaluateVerb : Verb
{
    private readonly UpliftTableOptions _table = new();

    public UpliftEvaluateVerb() : base("evaluate", "Measure on customers not learnt from whether whom a treatment changes can be told, and what it earns; nothing is saved.") => _table.AddTo(this);

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        UpliftInput input = _table.Read(parse, session.Environment);
        List<Finding> findings = [];
        UpliftReport report = await session.WithProgressAsync(progress =>
            UpliftEvaluation.Run(ExperimentFile.Read(input, findings, progress, session.Cancellation), input.Options, findings, progress, session.Cancellation));
        UpliftTables.Write(session.People, report);
        session.Show(findings);
        session.Answer(new UpliftEvaluateAnswer(report, UpliftWords.Of(report), findings));
        return ExitCode.Done;
    }
}

/// <summary>What <c>uplift evaluate --json</c> gives.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Words">The same in sentences, the verdict first.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record UpliftEvaluateAnswer(UpliftReport Report, IReadOnlyList<string> Words, IReadOnlyList<Finding> Findings);
