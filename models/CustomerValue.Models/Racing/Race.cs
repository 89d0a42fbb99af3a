using System.Diagnostics;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>Fits every candidate on what is known at a cutoff, chooses a champion on earlier outcomes and measures all on the horizon after it.</summary>
/// <param name="catalogue">The entrants, simplest first.</param>
public sealed class Race(CandidateCatalogue catalogue)
{
    /// <summary>Runs the race.</summary>
    /// <exception cref="BadDataException">Nobody bought before the cutoff, or the cutoff lies outside the data.</exception>
    public RaceResult Run(RaceInput input, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        CheckCutoff(input);
        progress?.Report(new StepProgress("features at the cutoff", 0, null, "customers"));
        Snapshot latest = input.HasHoldout
            ? input.Builder.BuildWithOutcomes(input.Log, input.Attributes, input.Cutoff, input.HorizonDays, cancellation)
            : input.Builder.Build(input.Log, input.Attributes, input.Cutoff, input.HorizonDays, cancellation);
        if (latest.Count < 2)
            throw new BadDataException($"Found {latest.Count} customer(s) with a purchase before the cutoff {input.Cutoff:yyyy-MM-dd}, expected at least 2. Choose a later cutoff or give more data.");

        List<Finding> findings = [];
        List<Entrant> entrants = Fit(new TrainingSet(latest, [], input.HorizonDays, input.Seed, input.Threads), findings, progress, cancellation);
        ICustomerModel champion = entrants.Last(entrant => !entrant.Trainer.IsBaseline || entrants.TrueForAll(other => other.Trainer.IsBaseline)).Model;
        RaceReport? report = input.HasHoldout ? Measure(latest, entrants, champion.Name) : null;
        return new RaceResult(latest, entrants, champion, entrants.Select(entrant => entrant.Model).OfType<BuyTillYouDieModel>().FirstOrDefault(), report, findings);
    }

    private List<Entrant> Fit(TrainingSet training, List<Finding> findings, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<Entrant> entrants = [];
        for (int i = 0; i < catalogue.Trainers.Count; i++)
        {
            ICandidateTrainer trainer = catalogue.Trainers[i];
            progress?.Report(new StepProgress($"fitting {trainer.Name}", i, catalogue.Trainers.Count, "candidates"));
            if (trainer.WhyNot(training) is { } reason)
            {
                findings.Add(new Finding("candidate-left-out", Severity.Information, $"{trainer.Name} did not run: {reason}.", "Give a longer history or an earlier cutoff to let it run."));
                continue;
            }
            long start = Stopwatch.GetTimestamp();
            FittedCandidate fitted = trainer.Fit(training, cancellation);
            entrants.Add(new Entrant(trainer, fitted.Model, Stopwatch.GetElapsedTime(start).TotalSeconds));
            findings.AddRange(fitted.Findings);
        }
        return entrants;
    }

    private static RaceReport Measure(Snapshot latest, List<Entrant> entrants, string champion)
    {
        Holdout holdout = new(latest);
        List<CandidateReport> reports = [.. entrants.Select(entrant => holdout.Measure(entrant, entrant.Model.Predict(latest, latest.Window.HorizonDays)))];
        return new RaceReport(latest.Window.Cutoff, latest.Window.HorizonDays, latest.Count, holdout.ActiveCustomers, champion, reports);
    }

    private static void CheckCutoff(RaceInput input)
    {
        if (input.Cutoff <= input.Log.FirstDay || input.Cutoff > input.Log.LastDay.AddDays(1))
            throw new BadDataException($"The cutoff {input.Cutoff:yyyy-MM-dd} lies outside the data, which run from {input.Log.FirstDay:yyyy-MM-dd} to {input.Log.LastDay:yyyy-MM-dd}. Choose a cutoff after the first day and at most one day after the last.");
    }
}
