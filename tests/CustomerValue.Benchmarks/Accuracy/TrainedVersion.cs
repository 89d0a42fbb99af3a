using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>A version as <c>train</c> makes it and as <c>score</c> loads it, and the race it came from.</summary>
/// <param name="Model">The version.</param>
/// <param name="Race">Its race.</param>
internal sealed record TrainedVersion(ScoringModel Model, RaceResult Race)
{
    /// <summary>The naive rules, the prior, the prior at the level, trees from the prior and their blend: a version in seconds.</summary>
    public static CandidateCatalogue Quick { get; } = QuickEntrants();

    /// <summary>Trains, publishes and loads a version.</summary>
    /// <param name="log">What is known.</param>
    /// <param name="cutoff">Everything before this day is learnt from.</param>
    /// <param name="horizon">Days ahead.</param>
    /// <param name="entrants">The candidates.</param>
    /// <param name="returns">How returns count.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="value">How lifetime value is reckoned; null for the default.</param>
    public static TrainedVersion Of(TransactionLog log, DateOnly cutoff, Horizon horizon, CandidateCatalogue entrants, ReturnsPolicy returns, int threads, ValueOptions? value = null)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, horizon, cutoff);
        RaceInput input = new(log, null, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), returns, threads), new(cutoff, horizon), Seed: 1, threads);
        RaceResult race = new Race(entrants).Run(input);
        string folder = Directory.CreateTempSubdirectory("customer-value-benchmark-").FullName;
        try
        {
            ModelStore store = new(folder, TimeProvider.System);
            string version = VersionPublisher.Publish(store, input, race, value ?? new ValueOptions(), "benchmark", new Dictionary<string, string>()).Version;
            return new TrainedVersion(ScoringModel.Load(store.Open(version), entrants), race);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CandidateCatalogue QuickEntrants()
    {
        BuyTillYouDieTrainer prior = new("mbg-nbd");
        return new([new RecencyRule(), new MeanSpend.Trainer(), prior, new SeasonalPrior.Trainer(prior), new BoostedTrainer("prior-boosted", fromPrior: true, prior), new Blend.Trainer()], prior.Name, Blend.CandidateName);
    }
}
