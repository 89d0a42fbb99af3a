using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Tests;

/// <summary>One small race with customer attributes that the tests of reports share.</summary>
internal static class Races
{
    public const int HorizonDays = 60;

    public static readonly DateOnly Cutoff = new(2024, 10, 1);

    private static readonly Lazy<(RaceInput, RaceResult)> s_measured = new(() => Run(Cutoff));

    /// <summary>600 customers, a region and a tier; the horizon after the cutoff is known.</summary>
    public static (RaceInput Input, RaceResult Result) Measured => s_measured.Value;

    public static (RaceInput Input, RaceResult Result) Run(DateOnly cutoff)
    {
        TransactionLog log = Logs.Simulated(600, seed: 5);
        AttributeSchema schema = new(
        [
            new AttributeColumn("region", AttributeKind.Categorical, ["east", "north", "south"]),
            new AttributeColumn("tier", AttributeKind.Categorical, ["bronze", "gold"]),
        ]);
        CustomerAttributes attributes = CustomerAttributes.From(schema, log.Customers.Names.Select((id, i) => (id, (IReadOnlyDictionary<string, string>)new Dictionary<string, string>
        {
            ["region"] = schema.Columns[0].Levels[i * 7 % 3],
            ["tier"] = schema.Columns[1].Levels[i % 5 == 0 ? 1 : 0],
        })));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, cutoff);
        SnapshotBuilder builder = new(catalogue, FeatureSchema.Standard(catalogue, schema), ReturnsPolicy.Net, threads: 1);
        RaceInput input = new(log, attributes, builder, new(cutoff, HorizonDays), Seed: 1, Threads: 1);
        return (input, new Race(CandidateCatalogue.Standard).Run(input));
    }

    public static Manifest ManifestOf(RaceInput input, RaceResult result) => new()
    {
        Format = Manifest.CurrentFormat,
        Version = "20240101-000000-test",
        Created = new DateTimeOffset(2024, 12, 1, 8, 0, 0, TimeSpan.Zero),
        Product = "tests",
        Model = result.Champion.Name,
        Description = result.Champion.Description,
        ModelHash = "hash",
        Cutoff = input.Cutoff,
        HorizonDays = input.Horizon.Days,
        Options = new Dictionary<string, string> { ["seed"] = "1" },
        Data = new DataFingerprint(input.Log.RowCount, input.Log.CustomerCount, input.Log.FirstDay, input.Log.LastDay, "data"),
        FeatureSchemaHash = input.Builder.Schema.Hash,
        Evaluation = result.Report,
        Findings = result.Findings,
        Files = [],
    };
}
