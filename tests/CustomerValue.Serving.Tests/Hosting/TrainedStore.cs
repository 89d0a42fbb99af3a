using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Versions;
using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting;
using CustomerValue.Serving.Tests.Hosting;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Versions;

[assembly: AssemblyFixture(typeof(TrainedStore))]

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>
/// A store with two versions trained on simulated customers up to different days, a buy-till-you-die model and trees that start from it, each with a strategy; the older one is champion.
/// Tests that change it take a copy.
/// </summary>
public sealed class TrainedStore : IDisposable
{
    private const string Prior = "mbg-nbd", Trees = "prior-boosted";

    private const int Customers = 800;

    /// <summary>Quadrants on the scorecard's indices, and costs that come to no whole cents.</summary>
    private static readonly StrategySettings s_ratedIndices = new()
    {
        Options = new StrategyOptions { Axes = ValueAxes.Indices, ThresholdRule = ThresholdRule.Median },
        Rates = new CostRates([new ActivityRate("order", "order", 1.234, 1, "desk"), new ActivityRate("return", "return", 3)], [new ResourcePool("desk", 1000, 7000)]),
    };

    private readonly string _root = Directory.CreateTempSubdirectory("serving-tests-").FullName;
    private readonly Lazy<string> _forests;
    private int _copies;

    public TrainedStore()
    {
        _forests = new(TrainForests);
        Rows = SimulatedCustomers.Make(Customers, seed: 7);
        Log = TransactionLog.From(Rows);
        string file = Path.Combine(_root, "customers.csv");
        File.WriteAllText(file, SimulatedCustomers.AttributeFile(Customers));
        Attributes = CustomerAttributes.Read(file);
        ModelStore store = new(Path.Combine(_root, "original"), TimeProvider.System);
        Older = Train(store, new DateOnly(2024, 3, 1), Only("recency-rule", "mean-spend", Prior), new StrategySettings()).Version;
        Newer = Train(store, AsOf, Only("mean-spend", Prior, Trees), s_ratedIndices).Version;
        store.Promote(Older);
        Folder = store.Folder;
    }

    /// <summary>First day after all histories.</summary>
    public static DateOnly AsOf { get; } = new(2024, 12, 21);

    internal List<Transaction> Rows { get; }

    internal TransactionLog Log { get; }

    /// <summary>The second file as training read it.</summary>
    internal CustomerAttributes Attributes { get; }

    public string Older { get; }

    public string Newer { get; }

    public string Folder { get; }

    /// <summary>A store of its own whose champion was trained before strategy travelled with versions.</summary>
    internal ModelStore WithoutStrategy()
    {
        ModelStore store = new(Fresh(), TimeProvider.System);
        store.Promote(Train(store, new DateOnly(2024, 3, 1), Only("mean-spend", Prior), strategy: null).Version);
        return store;
    }

    /// <summary>A store of its own whose champion was trained before playbooks travelled with versions.</summary>
    internal ModelStore WithoutPlaybook()
    {
        ModelStore store = new(Fresh(), TimeProvider.System);
        store.Promote(Train(store, new DateOnly(2024, 3, 1), Only("mean-spend", Prior), new StrategySettings(), withPlaybook: false).Version);
        return store;
    }

    /// <summary>A store of its own whose champion has a report, as <c>train</c> writes it.</summary>
    internal ModelStore WithReport(DateOnly cutoff)
    {
        ModelStore store = new(Fresh(), TimeProvider.System);
        store.Promote(Train(store, cutoff, Only("mean-spend", Prior), strategy: null, withReport: true).Version);
        return store;
    }

    /// <summary>A store of its own with two versions of ML.NET's FastTree, the later one champion.</summary>
    internal ModelStore Forests() => Copy(_forests.Value, Fresh());

    /// <summary>A copy with one more version, not promoted, whose champion is a candidate of a user's own.</summary>
    internal (ModelStore Store, string Version) With(ICandidateTrainer candidate)
    {
        ModelStore store = Copy();
        return (store, Train(store, AsOf, MLNetEngine.AddTo(Only("mean-spend", Prior)).Only(["mean-spend", Prior]).With(candidate), null, candidate.Name).Version);
    }

    /// <summary>A path in a folder of its own that is swept at the end.</summary>
    public string Fresh() => Path.Combine(_root, $"copy-{Interlocked.Increment(ref _copies)}");

    /// <summary>A copy to be changed.</summary>
    public ModelStore Copy() => Copy(Folder, Fresh());

    /// <summary>A copy to be changed, in a folder.</summary>
    public ModelStore Copy(string target) => Copy(Folder, target);

    private static ModelStore Copy(string source, string target)
    {
        foreach (string path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        return new ModelStore(target, TimeProvider.System);
    }

    private string TrainForests()
    {
        ModelStore store = new(Fresh(), TimeProvider.System);
        CandidateCatalogue entrants = MLNetEngine.AddTo(Only("mean-spend", Prior));
        foreach (DateOnly cutoff in new[] { new DateOnly(2024, 6, 1), AsOf })
            store.Promote(Train(store, cutoff, entrants, null, "ml-net-fast-tree").Version);
        return store.Folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Manifest Train(ModelStore store, DateOnly cutoff, CandidateCatalogue entrants, StrategySettings? strategy, string? champion = null, bool withPlaybook = true, bool withReport = false)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(Log, 90, cutoff);
        RaceInput input = new(Log, Attributes, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue, Attributes.Schema), ReturnsPolicy.Net, threads: 2), new(cutoff, 90), Seed: 1, Threads: 2);
        RaceResult race = new Race(entrants).Run(input);
        if (champion is not null)
            race = race with { Champion = race.Entrants.Single(entrant => entrant.Model.Name == champion).Model };
        if (withReport)
            race = race with { LifetimeBacktest = LifetimeBacktester.Run(input, entrants) };
        return VersionPublisher.Publish(store, input, race, new ValueOptions(), "tests", new Dictionary<string, string> { ["horizon"] = "90" },
            writeReports: withReport ? (writer, manifest) => VersionReports.Write(writer, manifest, input, race, []) : null,
            writeMore: (writer, model, population) =>
            {
                if (strategy is null)
                    return;
                StrategyOfVersion learnt = StrategyOfVersion.Learn(Population(model, Log, population), strategy, StrategyEvidence.None);
                learnt.WriteTo(writer);
                if (withPlaybook)
                    DecisionsOfVersion.Learn(PlaybookReader.DefaultBytes(), "default playbook", learnt.Recommend(Population(model, Log, population), StrategyEvidence.None)).WriteTo(writer);
            });
    }

    /// <summary>The population that strategy is learnt on and applied to.</summary>
    internal static StrategyPopulation Population(ScoringModel model, TransactionLog log, Snapshot snapshot) =>
        new(log, snapshot.Aggregates, model.Score(snapshot, reasons: 0, threads: 2, CancellationToken.None), model.Margins);

    private static CandidateCatalogue Only(params string[] names) =>
        new(CandidateCatalogue.Standard.Trainers.Where(trainer => names.Contains(trainer.Name)), Prior, names.Contains(Trees) ? Trees : null);
}
