using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Tests;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Exports;

/// <summary>
/// A simulated shop whose customers have a colour (a category, missing for some), a height and a wealth beyond 2^24, where single precision holds no odd number; a race on 700 of them,
/// and 20,000 others who are scored.
/// </summary>
internal static class ExportShop
{
    public const int Customers = 20_000;
    private const int Learnt = 700, HorizonDays = 60;
    private static readonly DateOnly s_cutoff = new(2024, 9, 1);
    private static readonly Lazy<(RaceInput Input, RaceResult Race)> s_race = new(Run);
    private static readonly Lazy<Snapshot> s_others = new(Others);

    /// <summary>The 20,000.</summary>
    public static Snapshot Scored => s_others.Value;

    /// <summary>Names of the models that a race may choose.</summary>
    public static IReadOnlyList<string> Models => ["blend", "prior-boosted", "boosted", "seasonal-prior", "pareto-nbd", "mbg-nbd", "recency-rule", "mean-spend", "per-target", "average"];

    /// <summary>A version whose champion is that model.</summary>
    public static (ScoringModel Model, Manifest Manifest) Version(string folder, string name)
    {
        (RaceInput input, RaceResult race) = s_race.Value;
        ICustomerModel Entrant(string of) => race.Entrants.First(entrant => entrant.Model.Name == of).Model;
        ICustomerModel champion = name switch
        {
            PerTargetModel.CandidateName => new PerTargetModel(Entrant("blend"), Entrant("boosted"), Entrant("pareto-nbd")),
            AverageModel.CandidateName => new AverageModel([Entrant("blend"), Entrant("bg-nbd")], [0.75, 0.25]),
            _ => Entrant(name),
        };
        ModelStore store = new(folder, TimeProvider.System);
        Manifest manifest = VersionPublisher.Publish(store, input, race with { Champion = champion }, new ValueOptions(), "tests", new Dictionary<string, string>());
        return (ScoringModel.Load(store.Open(manifest.Version), CandidateCatalogue.Standard), manifest);
    }

    private static (RaceInput, RaceResult) Run()
    {
        TransactionLog log = Logs.Simulated(Learnt, 8);
        CustomerAttributes attributes = Attributes(Learnt, 4);
        RaceInput input = new(log, attributes, Builder(log, attributes), new(s_cutoff, HorizonDays), Seed: 1, Threads: 2);
        return (input, new Race(CandidateCatalogue.Standard).Run(input));
    }

    /// <summary>Others, by the recipe that was learnt with the first.</summary>
    private static Snapshot Others() => s_race.Value.Input.Builder.Build(Logs.Simulated(Customers * 11 / 10, 9), Attributes(Customers * 11 / 10, 5), new(s_cutoff.AddDays(12), HorizonDays), CancellationToken.None);

    private static SnapshotBuilder Builder(TransactionLog log, CustomerAttributes attributes)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, s_cutoff);
        return new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue, attributes.Schema), ReturnsPolicy.Net, 2);
    }

    private static CustomerAttributes Attributes(int customers, int seed)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "customers.csv");
        Random random = new(seed);
        string[] colours = ["red", "green", "blue", "grey", "pink", "teal", ""];
        File.WriteAllLines(file, ["customer_id,colour,height,wealth", .. Enumerable.Range(0, customers).Select(c =>
            $"c{c:00000},{colours[random.Next(7)]},{(random.Next(5) == 0 ? "" : random.Next(150, 200))},{(random.Next(4) == 0 ? "" : (1L << 24) + random.NextInt64(1L << 30))}")]);
        return CustomerAttributes.Read(file);
    }
}
