using System.Globalization;
using System.Text.Json;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks;

/// <summary>A temporary store whose champion is the blend of boosting from the prior with the seasonal prior: what a race usually promotes.</summary>
internal sealed class ServingStore : IDisposable
{
    private const int HorizonDays = 90, Days = 900;
    private static readonly DateOnly s_start = new(2022, 1, 1);

    private static readonly DateOnly s_asOf = s_start.AddDays(Days);

    private ServingStore(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Body of a prediction call.</summary>
    /// <param name="customers">How many customers it asks about.</param>
    /// <param name="transactions">How many transactions each has.</param>
    /// <param name="reasons">How many reasons it asks for.</param>
    /// <param name="asOf">First day of the forecast.</param>
    public static string Request(int customers, int transactions, int reasons, DateOnly asOf) => JsonSerializer.Serialize(new
    {
        as_of = Day(asOf),
        reasons,
        customers = Enumerable.Range(0, customers).Select(i => new
        {
            customer_id = $"C-{i:0000}",
            transactions = History($"C-{i:0000}", asOf.AddDays(-i % 50), transactions).Select(row => new { date = Day(row.Day), amount = row.Amount, order_id = row.OrderId, channel = row.Channel }),
        }),
    });

    /// <summary>A customer who buys every thirteen days, now on the web and now in a shop.</summary>
    public static List<Transaction> History(string customer, DateOnly asOf, int transactions) => [.. Enumerable.Range(0, transactions).Select(i =>
        new Transaction(customer, asOf.AddDays(-20 - 13 * (transactions - i)), 20 + 3.25 * i)
        {
            OrderId = $"O-{i}",
            Channel = i % 2 == 0 ? "web" : "shop",
        })];

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Trains on so many customers; from about ten thousand on one booster a target is enough, below several are averaged.</summary>
    public static ServingStore Train(int customers)
    {
        string folder = Directory.CreateTempSubdirectory("customer-value-serving-").FullName;
        TransactionLog log = TransactionLog.From(Simulate(customers));
        BuyTillYouDieTrainer prior = new("mbg-nbd");
        SeasonalPrior.Trainer seasonal = new(prior);
        BoostedTrainer trees = new("prior-boosted", fromPrior: true, prior);
        Blend.Trainer blend = new();
        CandidateCatalogue entrants = new([prior, seasonal, trees, blend], prior.Name, blend.Name);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, s_asOf);
        RaceInput input = new(log, null, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Net, 2), new(s_asOf, HorizonDays), Seed: 1, Threads: 2);
        RaceResult race = new Race(entrants).Run(input);
        ICustomerModel champion = race.Entrants.First(entrant => entrant.Model.Name == blend.Name).Model;
        ModelStore store = new(folder, TimeProvider.System);
        Manifest manifest = VersionPublisher.Publish(store, input, race with { Champion = champion }, new ValueOptions(), "benchmark", new Dictionary<string, string>());
        store.Promote(manifest.Version);
        return new ServingStore(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static List<Transaction> Simulate(int customers)
    {
        string[] channels = ["web", "shop", "phone"];
        Random random = new(5);
        List<Transaction> rows = [];
        for (int customer = 0; customer < customers; customer++)
        {
            double rate = 0.003 + 0.03 * Math.Pow(random.NextDouble(), 3), day = random.Next(Days - 60), end = day - 500 * Math.Log(1 - random.NextDouble());
            for (int order = 0; day < Math.Min(end, Days); day -= Math.Log(1 - random.NextDouble()) / rate, order++)
                rows.Add(new Transaction($"c{customer:00000}", s_start.AddDays((int)day), Math.Round(10 + 100 * random.NextDouble(), 2))
                {
                    OrderId = $"o{order}",
                    Channel = channels[random.Next(3)],
                });
        }
        return rows;
    }
}
