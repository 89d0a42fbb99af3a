using System.CommandLine;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Evaluate;

/// <summary><c>evaluate</c>: the race, nothing saved.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly RaceOptions _race = new(severalCutoffs: true);

    public EvaluateVerb() : base("evaluate", "Run the race and measure every candidate on the holdout; nothing is saved.")
    {
        _transactions.AddTo(this);
        _race.AddTo(this);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TransactionInput input = _transactions.Read(parse, session.Environment);
        IReadOnlyList<RacePlan> plans = _race.ReadAll(parse);
        (LoadedData data, List<RaceResult> results) = await session.WithProgressAsync(progress =>
        {
            LoadedData data = LoadedData.Load(input, null, progress, session.Cancellation);
            List<RaceInput> races = [.. plans.Select(plan => plan.On(data, input.Options))];
            races.ForEach(race => RequireHoldout(race, data));
            List<RaceResult> results = [.. races.Zip(plans, (race, plan) => plan.Run(race, progress, session.Cancellation))];
            return (data, results);
        });
        session.People.Say(ReadReport.Sentence(data.Read.Summary));
        foreach (RaceResult result in results)
        {
            RaceTable.Write(session.People, result.Report!);
            RaceTable.Write(session.People, Verdict.Of(result.Report!));
            session.Show(result.Findings);
        }
        if (results.Count > 1)
            RaceTable.WriteMeans(session.People, MeanFigures.Over(results.ConvertAll(result => result.Report!)), results.Count);
        session.Show(data.Findings);
        session.Answer(EvaluateAnswer.Of(results, data));
        return ExitCode.Done;
    }

    private static void RequireHoldout(RaceInput race, LoadedData data)
    {
        if (!race.HasHoldout)
            throw new UsageException($"--cutoff {Figures.Day(race.Cutoff)}: the {race.Horizon} after it are not covered by the data, which end on {Figures.Day(data.Log.LastDay)}; there is nothing to measure against. Choose a cutoff up to {Figures.Day(data.Log.LastDay.AddDays(1 - race.Horizon.Days))}, or use train.");
    }
}
