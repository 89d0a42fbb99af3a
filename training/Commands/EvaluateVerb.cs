using System.CommandLine;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Training.Answers;
using CustomerValue.Training.Commands.Options;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Rendering;
using CustomerValue.Training.Steps;

namespace CustomerValue.Training.Commands;

/// <summary><c>evaluate</c>: the race, nothing saved.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly RaceOptions _race = new();

    public EvaluateVerb() : base("evaluate", "Run the race and measure every candidate on the holdout; nothing is saved.")
    {
        _transactions.AddTo(this);
        _race.AddTo(this);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TransactionInput input = _transactions.Read(parse, session.Environment);
        RacePlan plan = _race.Read(parse);
        (LoadedData data, RaceResult result) = await session.WithProgressAsync(progress =>
        {
            LoadedData data = LoadedData.Load(input, null, progress, session.Cancellation);
            RaceInput race = plan.On(data, input.Options);
            if (!race.HasHoldout)
                throw new UsageException($"--cutoff {Figures.Day(race.Cutoff)}: the {race.HorizonDays} days after it are not covered by the data, which end on {Figures.Day(data.Log.LastDay)}; there is nothing to measure against. Choose a cutoff up to {Figures.Day(data.Log.LastDay.AddDays(1 - race.HorizonDays))}, or use train.");
            return (data, new Race(CandidateCatalogue.Standard).Run(race, progress, session.Cancellation));
        });
        session.People.Say(ReadReport.Sentence(data.Read.Summary));
        RaceTable.Write(session.People, result.Report!);
        RaceTable.Write(session.People, Verdict.Of(result.Report!));
        session.Show([.. data.Findings, .. result.Findings]);
        session.Answer(EvaluateAnswer.Of(result, data));
        return ExitCode.Done;
    }
}
