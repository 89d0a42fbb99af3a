using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Tests;

namespace CustomerValue.MLNet.Tests;

/// <summary>A simulated shop whose customers have a colour (a category, missing for some) and a height, and what there is to learn from before a cutoff.</summary>
internal static class AttributedShop
{
    private const int Customers = 400, HorizonDays = 60;
    private static readonly DateOnly s_cutoff = new(2024, 9, 1);
    private static readonly Lazy<RaceInput> s_input = new(Make);
    private static readonly Lazy<TrainingSet> s_training = new(Learn);

    public static RaceInput Input => s_input.Value;

    /// <summary>Three past origins and the population at the cutoff.</summary>
    public static TrainingSet Training => s_training.Value;

    private static RaceInput Make()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "customers.csv");
        Random random = new(4);
        string[] colours = ["red", "green", "blue", ""];
        File.WriteAllLines(file, ["customer_id,colour,height", .. Enumerable.Range(0, Customers).Select(c => $"c{c:00000},{colours[random.Next(4)]},{(random.Next(5) == 0 ? "" : random.Next(150, 200))}")]);
        CustomerAttributes attributes = CustomerAttributes.Read(file);
        TransactionLog log = Logs.Simulated(Customers, 8);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, s_cutoff);
        return new RaceInput(log, attributes, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue, attributes.Schema), ReturnsPolicy.Net, 1), new(s_cutoff, HorizonDays), Seed: 1, Threads: 1);
    }

    private static TrainingSet Learn()
    {
        Snapshot[] past = [.. new[] { 180, 120, 60 }.Select(days => Input.Builder.BuildWithOutcomes(Input.Log, Input.Attributes, new(s_cutoff.AddDays(-days), HorizonDays), CancellationToken.None))];
        Snapshot latest = Input.Builder.Build(Input.Log, Input.Attributes, new(s_cutoff, HorizonDays), CancellationToken.None);
        return new TrainingSet
        {
            Latest = latest,
            Past = PastOrigins.Build(past, SmallShop.Prior, 1, null, CancellationToken.None),
            Prior = SmallShop.Prior.FitPrior(latest, 1, CancellationToken.None),
            Validations = [],
            Horizon = HorizonDays,
            Seed = 1,
            Threads = 1,
        };
    }
}
