using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Evaluate;

/// <summary>What is asked of a race.</summary>
/// <param name="Cutoff">First day of the holdout; null for the latest whose horizon the data cover.</param>
/// <param name="Horizon">How far ahead is predicted.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="Value">How lifetime value is reckoned.</param>
internal sealed record RacePlan(DateOnly? Cutoff, Horizon Horizon, int Seed, ValueOptions Value)
{
    /// <summary>Who runs: see <see cref="Entrants.Choose"/>.</summary>
    public string Candidates { get; init; } = Entrants.Default;

    /// <summary>Customers at most, about, who are learnt from and measured on; drawn by their ids.</summary>
    public int Sample { get; init; } = DefaultSample;

    /// <summary>Bounds time and memory of a race; four times as many as past origins hold each.</summary>
    public const int DefaultSample = 200_000;

    /// <summary>Runs the race.</summary>
    public RaceResult Run(RaceInput race, IProgress<StepProgress> progress, CancellationToken cancellation) =>
        new Race(Entrants.Choose(Candidates)).Run(race, progress, cancellation);

    /// <summary>What lifetime values said a year before the cutoff of a race, and what came.</summary>
    public LifetimeBacktest LookBack(RaceInput race, IProgress<StepProgress> progress, CancellationToken cancellation) =>
        LifetimeBacktester.Run(race, Entrants.Choose(Candidates), progress, cancellation);

    /// <summary>The race on loaded data.</summary>
    /// <exception cref="BadDataException">The data are too short for the horizon.</exception>
    public RaceInput On(LoadedData data, ReaderOptions reading) => On(data, reading, AvailableColumns.Of(data.Log, CutoffOn(data.Log)), data.Log.Sample((double)Sample / Math.Max(1, data.Log.CustomerCount)));

    /// <summary>The race on customers who were drawn.</summary>
    /// <param name="data">What was loaded.</param>
    /// <param name="reading">How it was read.</param>
    /// <param name="columns">The columns of everyone before the cutoff.</param>
    /// <param name="drawn">Those who take part.</param>
    /// <exception cref="BadDataException">The data are too short for the horizon.</exception>
    public RaceInput On(LoadedData data, ReaderOptions reading, AvailableColumns columns, TransactionLog drawn)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(columns, Horizon);
        FeatureSchema schema = FeatureSchema.Standard(catalogue, data.Attributes?.Schema);
        SnapshotBuilder builder = new(catalogue, schema, reading.Returns, reading.Threads);
        return new RaceInput(drawn, data.Attributes, builder, new ObservationWindow(CutoffOn(data.Log), Horizon), Seed, reading.Threads) { Whole = data.Log };
    }

    /// <summary>First day of the holdout on a log.</summary>
    /// <exception cref="BadDataException">The data are too short for the horizon.</exception>
    public DateOnly CutoffOn(TransactionLog log) => Cutoff ?? LatestCutoff(log);

    private DateOnly LatestCutoff(TransactionLog log)
    {
        DateOnly cutoff = log.LastDay.AddDays(1 - Horizon.Days);
        int days = log.LastDay.DayNumber - log.FirstDay.DayNumber + 1;
        return cutoff > log.FirstDay
            ? cutoff
            : throw new BadDataException(string.Create(CultureInfo.InvariantCulture,
                $"Found transactions of {days} day(s), from {log.FirstDay:yyyy-MM-dd} to {log.LastDay:yyyy-MM-dd}, expected more than the horizon of {Horizon}, so that something is left to learn from. Give a shorter --horizon or a longer history."));
    }
}
