using System.Collections.Concurrent;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;

namespace CustomerValue.Serving.Outcomes;

/// <summary>Takes reports of what customers did, and holds kept forecasts against them.</summary>
internal sealed class AccuracyDesk(OutcomeDatabase outcomes, ModelStore store)
{
    /// <summary>Days of either kind that are measured for one answer.</summary>
    private const int MostDays = 4;

    /// <summary>Days whose figures are kept until something is reported.</summary>
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<(string Version, DateOnly AsOf), (long Revision, DayAccuracy Day)> _measured = [];

    /// <summary>Adds a report to the log.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<ReportAnswer> AddAsync(ReportedOutcomes report, CancellationToken cancellation)
    {
        OutcomeReceipt receipt = await outcomes.AddAsync(report.Lines, report.From, report.Through, () => ErasedCustomers.In(store.Folder).Contains, cancellation);
        return new ReportAnswer
        {
            Received = receipt.Received,
            Added = receipt.Added,
            Known = receipt.Known,
            Erased = receipt.Erased,
            ObservedFrom = receipt.ObservedFrom,
            ObservedThrough = receipt.ObservedThrough,
            Findings = report.Unknown is { } unknown ? [unknown] : [],
        };
    }

    /// <summary>How well a version's forecasts met what came.</summary>
    /// <param name="version">The version.</param>
    /// <param name="asOf">One day of those kept; null for the latest.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="most">Days whose horizon is over, and others, at most.</param>
    /// <exception cref="ProblemException">Neither the store nor what was kept knows the version.</exception>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<AccuracyAnswer> OfAsync(string version, DateOnly? asOf, CancellationToken cancellation, int most = MostDays)
    {
        IReadOnlyList<KeptBase> kept = await outcomes.BasesAsync(version, cancellation);
        if (kept.Count == 0 && !store.Versions.Contains(version, StringComparer.Ordinal))
            throw new ProblemException(ModelProblems.UnknownVersion(version));
        OutcomeState? state = await outcomes.StateAsync(cancellation);
        KeptBase[] chosen = asOf is not null ? [.. kept.Where(one => one.AsOf == asOf)]
            : [.. kept.Where(one => IsOver(one, state)).Take(most).Concat(kept.Where(one => !IsOver(one, state)).Take(most)).OrderByDescending(one => one.AsOf)];
        List<DayAccuracy> days = [];
        foreach (KeptBase one in chosen)
            days.Add(await KnownAsync(one, state, cancellation));
        return new AccuracyAnswer
        {
            ModelVersion = version,
            ObservedFrom = state?.ObservedFrom,
            ObservedThrough = state?.ObservedThrough,
            Training = TrainingOf(version),
            Kept = [.. kept.Select(one => one.AsOf)],
            Days = days,
        };
    }

    private TrainedAccuracy? TrainingOf(string version)
    {
        try
        {
            return store.Open(version).Manifest.Evaluation is { } race && race.Candidates.FirstOrDefault(candidate => candidate.Name == race.Champion) is { } champion
                ? new TrainedAccuracy(race.Cutoff, race.Customers, champion.Purchases, champion.Spend, champion.Churn, race.SpendCoverage is [var all, ..] ? all : null)
                : null;
        }
        catch (ModelStoreException)
        {
            return null; // removed or damaged: GET /v1/models says so
        }
    }

    /// <summary>The figures of a day, measured once until something is reported or kept.</summary>
    private async Task<DayAccuracy> KnownAsync(KeptBase of, OutcomeState? state, CancellationToken cancellation)
    {
        long revision = state?.Revision ?? 0;
        if (_measured.TryGetValue((of.Version, of.AsOf), out (long Revision, DayAccuracy Day) known) && known.Revision == revision)
            return known.Day;
        DayAccuracy day = await MeasureAsync(of, state, cancellation);
        if (_measured.Count >= MostKept)
            _measured.Clear();
        _measured[(of.Version, of.AsOf)] = (revision, day);
        return day;
    }

    private async Task<DayAccuracy> MeasureAsync(KeptBase of, OutcomeState? state, CancellationToken cancellation)
    {
        int passed = PassedOf(of, state);
        SaidOfCustomer[] said = [.. (await outcomes.ForecastsAsync(of.Version, of.AsOf, cancellation)).Select(one =>
            new SaidOfCustomer(one.CustomerId, one.ChurnProbability, one.ExpectedPurchases, one.ExpectedSpend, one.SpendP10, one.SpendP90))];
        RealisedAccuracy? over = null;
        RealisedSoFar? soFar = null;
        if (passed > 0 && said.Length > 0)
        {
            ObservationWindow window = new(of.AsOf, new Horizon(of.HorizonDays));
            ReturnsPolicy returns = Enum.Parse<ReturnsPolicy>(of.Returns);
            Transaction[] lines = [.. (await outcomes.LinesAsync(of, of.AsOf.AddDays(passed - 1), cancellation)).Select(line => new Transaction(line.CustomerId, line.Day, line.Amount))];
            if (passed == of.HorizonDays)
                over = RealisedAccuracy.Measure(said, lines, window, returns);
            else
                soFar = RealisedAccuracy.SoFar(said, lines, window, returns);
        }
        return new DayAccuracy
        {
            AsOf = of.AsOf,
            HorizonDays = of.HorizonDays,
            DaysPassed = passed,
            DaysWithoutLines = passed == 0 ? 0 : passed - await outcomes.CountDaysAsync(of.AsOf, of.AsOf.AddDays(passed - 1), cancellation),
            State = passed == 0 ? "unknown" : passed < of.HorizonDays ? "under-way" : "over",
            Customers = said.Length,
            InBook = of.Customers,
            Purchases = over?.Purchases,
            Spend = over?.Spend,
            Churn = over?.Churn,
            SpendCoverage = over?.SpendCoverage,
            SoFar = soFar,
        };
    }

    private static bool IsOver(KeptBase of, OutcomeState? state) => PassedOf(of, state) == of.HorizonDays;

    /// <summary>Days of a horizon that the log speaks of, from the first on; 0 where the log begins after it: who bought before is not known then.</summary>
    private static int PassedOf(KeptBase of, OutcomeState? state) => state is not { ObservedFrom: { } from, ObservedThrough: { } through } || from > of.AsOf ? 0
        : Math.Clamp(through.DayNumber - of.AsOf.DayNumber + 1, 0, of.HorizonDays);
}
