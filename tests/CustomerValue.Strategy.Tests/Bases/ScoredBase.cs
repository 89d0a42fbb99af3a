using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Tests.Bases;

/// <summary>A log and a model trained on it, saved and loaded as serving does.</summary>
internal sealed class ScoredBase
{
    private const int HorizonDays = 90;
    private readonly ScoringModel _model;

    private ScoredBase(TransactionLog log, ScoringModel model) => (Log, _model) = (log, model);

    public TransactionLog Log { get; }

    public static ScoredBase Train(TransactionLog log, DateOnly cutoff, int horizonMonths, CandidateCatalogue candidates)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, cutoff);
        SnapshotBuilder builder = new(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Net, threads: 2);
        RaceInput input = new(log, null, builder, new(cutoff, HorizonDays), Seed: 1, Threads: 2);
        RaceResult result = new Race(candidates).Run(input);
        string folder = Directory.CreateTempSubdirectory("strategy").FullName;
        try
        {
            ModelStore store = new(folder, TimeProvider.System);
            string version = VersionPublisher.Publish(store, input, result, new ValueOptions { HorizonMonths = horizonMonths }, "tests", new Dictionary<string, string>()).Version;
            return new ScoredBase(log, ScoringModel.Load(store.Open(version), candidates));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Probabilistic candidates only: seconds instead of minutes.</summary>
    public static CandidateCatalogue QuickCandidates { get; } = new([new RecencyRule(), new BuyTillYouDieTrainer("mbg-nbd")], "mbg-nbd", null);

    /// <param name="day">First day of the forecast.</param>
    /// <param name="margins">Category margin rates and the default rate.</param>
    /// <param name="seen">Margin rates that the model is said to have learnt; null for its own.</param>
    public (CustomerAggregates Aggregates, StrategyInput Input) At(DateOnly day, MarginOptions? margins = null, MarginRates? seen = null)
    {
        CustomerAggregates aggregates = _model.Snapshot(Log, null, day, withOutcomes: false, threads: 2, CancellationToken.None).Aggregates;
        ScoredCustomers scored = _model.Score(Log, null, day, threads: 2, CancellationToken.None);
        return (aggregates, StrategyInput.From(Log, aggregates, scored, seen ?? _model.Margins, margins ?? new MarginOptions()));
    }
}
