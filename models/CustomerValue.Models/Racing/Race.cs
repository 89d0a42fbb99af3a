using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>Fits every candidate on what is known at a cutoff, chooses a champion per target on an earlier cutoff whose outcomes are known, and measures all on the horizon after it.</summary>
/// <param name="catalogue">The entrants, simplest first.</param>
public sealed class Race(CandidateCatalogue catalogue)
{
    private const int ShortValidationShare = 3;

    /// <summary>Past origins at which the race is run before: further ones teach little of today, and each costs a race.</summary>
    private const int MostValidations = 3;

    /// <summary>Share of the candidates that could not run at the validation origin, together: unjudged, they count as much as what was judged best.</summary>
    private const double LateShare = 0.5;

    /// <summary>Who runs at past origins, where that is not everyone: the race itself is then a look back, and who averages over luck does less of it. Null for everyone.</summary>
    internal CandidateCatalogue? Rehearsals { get; init; }

    /// <summary>Runs the race.</summary>
    /// <exception cref="BadDataException">Nobody bought before the cutoff, or the cutoff lies outside the data.</exception>
    public RaceResult Run(RaceInput input, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        CheckCutoff(input);
        progress?.Report(new StepProgress("features at the cutoff", 0, null, "customers"));
        Snapshot latest = input.Latest(cancellation);
        if (latest.Count < 2)
            throw new BadDataException($"Found {latest.Count} customer(s) with a purchase before the cutoff {input.Cutoff:yyyy-MM-dd}, expected at least 2. Choose a later cutoff or give more data.");

        List<Finding> findings = [];
        if (input.IsSample)
            findings.Add(new Finding("sampled-customers", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"{input.Log.CustomerCount:N0} of {input.Customers:N0} customers, drawn by their ids, were learnt from and measured on; everyone is scored."),
                "Nothing, or give --sample N for more of them, which takes longer."));
        PastOrigins past = Past(input, progress, cancellation);
        findings.AddRange(PopulationDoubts.Of(latest, past.Count > 0 ? past.Origins[^1].Snapshot : input.HasHoldout ? latest : null));
        List<Validation> validations = Validate(input, past, findings, progress, cancellation);
        Validation? newest = validations.Count > 0 ? validations[0] : null;
        TrainingSet training = Training(input, latest, past, FitPrior(input, latest, cancellation), validations);
        List<Entrant> entrants = Fit(catalogue, training, findings, progress, cancellation);
        ICustomerModel champion = Choose(entrants, validations, input.Seed);
        if (champion is PerTargetModel or AverageModel)
            entrants.Add(new Entrant(null, champion, 0));
        IPriorModel? prior = champion as IPriorModel ?? (champion as PerTargetModel)?.Purchases as IPriorModel
            ?? entrants.Select(entrant => entrant.Model).OfType<IPriorModel>().FirstOrDefault(model => model.Name == catalogue.PriorName);
        LongRun? longRun = prior is null ? null : LongRunLearner.Learn(input, latest, prior, training.Said.Of(champion), cancellation);
        ForecastIntervals? intervals = Intervals(input, past, training.Level, newest, champion, longRun, cancellation);
        RaceReport? report = input.HasHoldout ? Measure(training.Said, entrants, champion.Name, intervals, progress) : null;
        if (report?.SpendCoverage is [var all, ..] && !all.IsTrusted())
            findings.Add(new Finding("intervals-off", Severity.Warning,
                FormattableString.Invariant($"On the holdout {100 * all.Covered:0} % of customers spent within their 80 % interval, {100 * all.Below:0} % less and {100 * all.Above:0} % more: the intervals are not to be trusted at such moments."),
                "Give more history, so that the level of the base and how unsure it is can be learnt."));
        return new RaceResult
        {
            Latest = latest,
            Said = training.Said,
            Entrants = entrants,
            Champion = champion,
            Prior = prior,
            Validation = newest,
            Intervals = intervals,
            LevelDeviation = past.Count > 0 ? training.Level.Deviation : null,
            LongRun = longRun,
            Report = report,
            Findings = findings,
        };
    }

    /// <summary>Snapshots at rolling origins, each with the prior refitted on what was known then.</summary>
    private PastOrigins Past(RaceInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        OriginPlan plan = OriginPlan.For(input.Log.FirstDay, input.Window);
        List<Snapshot> snapshots = [];
        foreach (ObservationWindow window in plan.Windows)
        {
            progress?.Report(new StepProgress("features at past origins", snapshots.Count, plan.Windows.Count, "origins"));
            snapshots.Add(input.PastSnapshot(window, cancellation));
        }
        return catalogue.Prior is { } prior
            ? PastOrigins.Build(snapshots, prior, input.Threads, progress, cancellation)
            : PastOrigins.Empty;
    }

    /// <summary>
    /// The same race at past origins, as many as the history gives without overlap up to three, each with only what was known then; latest first. Where history holds no such origin, candidates that need
    /// no outcomes are tried on the last third of it, over that shorter horizon.
    /// </summary>
    private List<Validation> Validate(RaceInput input, PastOrigins past, List<Finding> findings, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<Validation> validations = [];
        foreach (PastOrigin origin in past.Apart(MostValidations))
            if (origin.Snapshot.Count >= 2)
                validations.Insert(0, Validate(Training(input, origin.Snapshot, past.EndingBy(origin.Snapshot.Window.Cutoff), origin.Model, [.. validations]), progress, cancellation));
        int days = (input.Cutoff.DayNumber - input.Log.FirstDay.DayNumber) / ShortValidationShare;
        if (past.Count > 0 || days < Horizon.MinDays)
            return validations;
        findings.Add(new Finding("short-history", Severity.Information,
            $"The history before {input.Cutoff:yyyy-MM-dd} holds no origin with {input.Horizon} of outcomes after it, so trees could not be trained; candidates without outcomes were chosen on the last {days} days of it.",
            "Give more history or a shorter --horizon to let boosting run."));
        Snapshot snapshot = input.PastSnapshot(new ObservationWindow(input.Cutoff.AddDays(-days), new Horizon(days)), cancellation);
        return snapshot.Count < 2 ? [] : [Validate(Training(input, snapshot, past, FitPrior(input, snapshot, cancellation), []), progress, cancellation)];
    }

    private Validation Validate(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        Dictionary<string, Forecast> forecasts = new(StringComparer.Ordinal);
        foreach (Entrant entrant in Fit(Rehearsals ?? catalogue, training, null, progress, cancellation))
            forecasts.Add(entrant.Model.Name, training.Said.Raw(entrant.Model));
        return new Validation(training.Latest, forecasts);
    }

    /// <summary>What there is to learn from before the cutoff of a population, with the prior fitted on it and the level expected after it.</summary>
    private TrainingSet Training(RaceInput input, Snapshot latest, PastOrigins past, IPriorModel? prior, IReadOnlyList<Validation> validations)
    {
        TrainingSet training = new()
        {
            IsRehearsal = Rehearsals is not null || latest.Window.Cutoff < input.Cutoff,
            Latest = latest,
            Past = past,
            Prior = prior,
            Validations = validations,
            Horizon = latest.Window.Horizon,
            Seed = input.Seed,
            Threads = input.Threads,
        };
        BaseActivity activity = latest.Window.Cutoff == input.Cutoff ? input.Activity : input.PastActivity;
        return prior is null ? training
            : training with { Level = LevelForecaster.Learn(past, input.PastActivity, activity, latest.Window, prior.View(latest, latest.Window.Horizon)) };
    }

    private IPriorModel? FitPrior(RaceInput input, Snapshot snapshot, CancellationToken cancellation) =>
        catalogue.Prior is { } trainer && trainer.CanFit(snapshot) ? trainer.FitPrior(snapshot, input.Threads, cancellation) : null;

    private static List<Entrant> Fit(CandidateCatalogue catalogue, TrainingSet training, List<Finding>? findings, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<Entrant> entrants = [];
        List<(string Name, string Reason)> leftOut = [];
        string phase = findings is null ? "trying" : "fitting";
        for (int i = 0; i < catalogue.Trainers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ICandidateTrainer trainer = catalogue.Trainers[i];
            progress?.Report(new StepProgress($"{phase} {trainer.Name}", i, catalogue.Trainers.Count, "candidates"));
            if (trainer.WhyNot(training) is { } reason)
            {
                leftOut.Add((trainer.Name, reason));
                continue;
            }
            long start = Stopwatch.GetTimestamp();
            FittedCandidate fitted;
            try
            {
                fitted = trainer.Fit(training, progress, cancellation);
            }
            catch (CandidateFailedException error)
            {
                findings?.Add(new Finding("candidate-left-out", Severity.Warning, $"{trainer.Name} did not run: {error.Message}.", "Mend the candidate; the others raced without it."));
                continue;
            }
            entrants.Add(new Entrant(trainer, fitted.Model, Stopwatch.GetElapsedTime(start).TotalSeconds));
            if (!trainer.IsBaseline)
                training.Add(fitted.Model);
            findings?.AddRange(fitted.Findings);
        }
        findings?.AddRange(leftOut.GroupBy(pair => pair.Reason, pair => pair.Name).Select(group => new Finding("candidate-left-out", Severity.Information,
            $"{string.Join(", ", group)} did not run: {group.Key}.", "Nothing, or give a longer history or an earlier cutoff where that is what it lacks.")));
        return entrants;
    }

    private ICustomerModel Choose(List<Entrant> entrants, List<Validation> validations, int seed)
    {
        if (validations.Count == 0)
            return entrants.FindLast(entrant => !entrant.IsBaseline)?.Model ?? entrants[0].Model;
        // The combination weighs everyone, who could not be judged at their usual share; a single candidate that won at past origins seldom wins again.
        if (entrants.Find(entrant => entrant.Model.Name == catalogue.CombinationName) is { } combination
            && (validations[0].Forecasts.ContainsKey(combination.Model.Name) || combination.Model is Blend blend && blend.Parts.Any(part => validations[0].Forecasts.ContainsKey(part.Name))))
            return combination.Model;
        // A naive rule is what the others are measured by; it serves where nobody else ran.
        List<string> names = [.. entrants.Where(entrant => !entrant.IsBaseline && validations[0].Forecasts.ContainsKey(entrant.Model.Name)).Select(entrant => entrant.Model.Name)];
        if (names.Count == 0)
            names = [.. entrants.Select(entrant => entrant.Model.Name)];
        ICustomerModel churn = Best(Losses.Churn), purchases = Best(Losses.Purchases), spend = Best(Losses.Spend);
        ICustomerModel chosen = churn == purchases && purchases == spend ? churn : new PerTargetModel(churn, purchases, spend);
        ICustomerModel[] late = [.. entrants.Where(entrant => !entrant.IsBaseline && !validations[0].Forecasts.ContainsKey(entrant.Model.Name)).Select(entrant => entrant.Model)];
        return late.Length == 0 ? chosen
            : new AverageModel([chosen, .. late], [1 - LateShare, .. late.Select(_ => LateShare / late.Length)]);

        ICustomerModel Best(Func<Holdout, Forecast, double[]> lossOf)
        {
            string name = Selection.Choose(names, validations, lossOf, seed);
            return entrants.Find(entrant => entrant.Model.Name == name)!.Model;
        }
    }

    /// <summary>Intervals of spend from the validation origin, of lifetime value from the oldest origin and all the time since.</summary>
    private static ForecastIntervals? Intervals(RaceInput input, PastOrigins past, LevelCurve level, Validation? validation, ICustomerModel champion, LongRun? longRun, CancellationToken cancellation)
    {
        if (validation is null || past.Count == 0 || longRun is null)
            return null;
        int days = Math.Min(input.Cutoff.DayNumber - past.Origins[0].Snapshot.Window.Cutoff.DayNumber, Horizon.MaxDays);
        Snapshot snapshot = input.PastSnapshot(new ObservationWindow(past.Origins[0].Snapshot.Window.Cutoff, new Horizon(days)), cancellation);
        Forecast forecast = Coherence.Settle(PerTargetModel.ForecastIn(validation, champion), validation.Snapshot, validation.Snapshot.Window.Horizon);
        return ForecastIntervals.Learn(forecast, validation.Snapshot, LongOutcome.Of(snapshot, past.Origins[0].Model, longRun, days, input.Threads, cancellation),
            LevelDoubt.Measure(level, forecast, validation.Snapshot));
    }

    private static RaceReport Measure(Predictions said, List<Entrant> entrants, string champion, ForecastIntervals? intervals, IProgress<StepProgress>? progress)
    {
        Snapshot latest = said.Snapshot;
        Holdout holdout = new(latest);
        List<CandidateReport> reports = [];
        IReadOnlyList<GroupCoverage> coverage = [];
        foreach (Entrant entrant in entrants)
        {
            progress?.Report(new StepProgress($"measuring {entrant.Model.Name}", reports.Count, entrants.Count, "candidates"));
            Forecast forecast = entrant.IsBaseline ? said.Raw(entrant.Model) : said.Of(entrant.Model);
            reports.Add(holdout.Measure(entrant.Model, entrant.IsBaseline, entrant.FitSeconds, forecast));
            if (entrant.Model.Name == champion && intervals is not null)
                coverage = intervals.Coverage(forecast, latest);
        }
        return new RaceReport(latest.Window.Cutoff, latest.Window.Horizon.Days, latest.Count, holdout.ActiveCustomers, champion, reports) { SpendCoverage = coverage };
    }

    private static void CheckCutoff(RaceInput input)
    {
        if (input.Cutoff <= input.Log.FirstDay || input.Cutoff > input.Log.LastDay.AddDays(1))
            throw new BadDataException($"The cutoff {input.Cutoff:yyyy-MM-dd} lies outside the data, which run from {input.Log.FirstDay:yyyy-MM-dd} to {input.Log.LastDay:yyyy-MM-dd}. Choose a cutoff after the first day and at most one day after the last.");
    }
}
