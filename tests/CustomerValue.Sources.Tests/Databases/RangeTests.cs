using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>A run in ranges of customers that is broken off goes on from there, and gives the same to the last bit.</summary>
public sealed class RangeTests(PostgresServer postgres, ClickHouseServer clickHouse, ClickHousePair pair) : IClassFixture<PostgresServer>, IClassFixture<ClickHouseServer>, IClassFixture<ClickHousePair>, IDisposable
{
    private const int Ranges = 5;
    private const long FewBytes = 4_000;

    private static readonly OrderLine[] s_lines = Orders.Random(11, 800);
    private static readonly DateOnly[] s_cutoffs = [new(2023, 4, 3), new(2023, 12, 31)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ranges_are_all_customers_once_whatever_their_number()
    {
        RangePlan plan = Plan(StoreInDuckDb(), Ranges);
        IReadOnlyList<CustomerAggregates>[] parts = [.. Enumerable.Range(0, Ranges).Select(range => plan.There.Compute(plan.Windows, plan.Catalogue, new CustomerRange(range, Ranges), TestContext.Current.CancellationToken))];
        parts.Select(part => part[0].Count).Should().AllSatisfy(count => count.Should().BeInRange(plan.There.Compute(plan.Windows[0], plan.Catalogue, TestContext.Current.CancellationToken).Count / Ranges / 2, int.MaxValue));
        for (int day = 0; day < s_cutoffs.Length; day++)
            AggregatesAgree.Check(parts.Select(part => part[day]).Aggregate(CustomerAggregates.Merge), plan.There.Compute(plan.Windows[day], plan.Catalogue, TestContext.Current.CancellationToken));

        using RangeRun few = Run(plan, "few"), many = Run(plan with { Ranges = 12 }, "many");
        few.Compute(1, null, TestContext.Current.CancellationToken);
        many.Compute(2, null, TestContext.Current.CancellationToken);
        Blocks(many, 100).Select(value => value.Customer).Should().Equal(Blocks(few, 7).Select(value => value.Customer), "the order is that of ids alone");
    }

    [Fact]
    public async Task A_shard_killed_half_way_costs_the_range_at_work_and_no_other()
    {
        string database = await pair.FreshDatabaseAsync();
        await Shards.StoreAsync(pair, database, s_lines);
        RangePlan plan = Plan($"clickhouse://127.0.0.1:{pair.Port}/{database}?table=orders&timeout=20", Ranges);
        await BrokenOffAsync(plan, plan, "clickhouse://*asked for aggregates of *", pair.KillLast, pair.StartLastAsync);
    }

    [Fact]
    public async Task A_connection_to_postgres_that_is_cut_costs_the_range_at_work_and_no_other()
    {
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await using NpgsqlConnection connection = new(place.ToString());
        await connection.OpenAsync();
        await using (NpgsqlCommand command = new($"CREATE TABLE orders (customer_id text, order_date date, amount double precision, order_id text, quantity integer, product text, category text, channel text, discount double precision, margin double precision); {Orders.ToSql(s_lines, escapesBackslashes: false)}", connection))
            await command.ExecuteNonQueryAsync();
        using CuttingProxy proxy = new(place.Port);
        string Address(int port) => $"postgres://{place.Username}@127.0.0.1:{port}/{place.Database}?table=orders&timeout=20";
        await BrokenOffAsync(Plan(Address(proxy.Port), Ranges), Plan(Address(place.Port), Ranges), "postgres://*no answer*asked for aggregates of *", () => proxy.FromServer = FewBytes, () => Task.FromResult(proxy.FromServer = long.MaxValue));
    }

    [Fact]
    public async Task A_connection_to_clickhouse_that_is_cut_costs_the_range_at_work_and_no_other()
    {
        string database = await clickHouse.FreshDatabaseAsync();
        await clickHouse.RunAsync($"CREATE TABLE {database}.orders (customer_id Nullable(String), order_date Date, amount Float64, order_id Nullable(String), quantity Nullable(Int32), product Nullable(String), category Nullable(String), channel Nullable(String), discount Nullable(Float64), margin Nullable(Float64)) ENGINE = Memory");
        foreach (string insert in Orders.ToSql(s_lines, escapesBackslashes: true).Split(";\n"))
            await clickHouse.RunAsync(insert.Replace("INSERT INTO orders", $"INSERT INTO {database}.orders", StringComparison.Ordinal));
        using CuttingProxy proxy = new(clickHouse.Port);
        string Address(int port) => $"clickhouse://127.0.0.1:{port}/{database}?table=orders&timeout=20";
        await BrokenOffAsync(Plan(Address(proxy.Port), Ranges), Plan(Address(clickHouse.Port), Ranges), "clickhouse://*no whole answer*asked for aggregates of *", () => proxy.FromServer = FewBytes, () => Task.FromResult(proxy.FromServer = long.MaxValue));
    }

    [Fact]
    public void What_answers_another_question_is_not_taken_up()
    {
        string address = StoreInDuckDb();
        RangePlan Core(string of) => Plan(of, Ranges) with { Catalogue = new AggregateCatalogue(new Horizon(60), AggregateCatalogue.Core) };
        RangePlan plan = Core(address);
        Fill(plan);
        TakenUp(plan).Should().Be(Ranges);
        TakenUp(Core(address + "&timeout=77")).Should().Be(Ranges, "how long an answer is waited for changes nothing of it");
        foreach (RangePlan other in (RangePlan[])
            [plan with { Ranges = Ranges + 1 }, plan with { Windows = [plan.Windows[0]] }, plan with { Catalogue = Plan(address, Ranges).Catalogue },
             plan with { There = SourceAggregates.Open(address, ColumnMapping.Usual, ReturnsPolicy.Keep, ZeroAmounts.Purchase) }, plan with { There = SourceAggregates.Open(address, ColumnMapping.Parse(["amount=quantity"]), ReturnsPolicy.Net, ZeroAmounts.Purchase) },
             Core(address.Replace("table=orders", "query=SELECT * FROM orders WHERE amount <> 7", StringComparison.Ordinal))])
        {
            TakenUp(other).Should().Be(0);
            Fill(plan);
        }
        using (RangeRun newer = new(plan, _folder.PathOf("run"), "another version"))
            newer.TakenUp.Should().Be(0);
    }

    [Fact]
    public void A_range_that_was_changed_is_computed_again_and_an_empty_folder_goes()
    {
        RangePlan plan = Plan(StoreInDuckDb(), Ranges);
        string expected = Fill(plan), file = Directory.EnumerateFiles(_folder.PathOf("run"), "range-3-*").First();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        TakenUp(plan).Should().Be(Ranges - 1);
        Fill(plan).Should().Be(expected);
        using (RangeRun run = Run(plan, "run"))
        {
            FluentActions.Invoking(() => Run(plan, "run")).Should().Throw<BadDataException>().WithMessage("*found another run at work there, expected none*");
            run.Remove();
        }
        using (RangeRun none = Run(plan, "none"))
            none.TakenUp.Should().Be(0);
        Directory.Exists(_folder.PathOf("run")).Should().BeFalse();
        Directory.Exists(_folder.PathOf("none")).Should().BeFalse("a run that finished no range leaves nothing");
    }

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(500_000, 5, 1)]
    [InlineData(500_001, 1, 4)]
    [InlineData(100_000_000, 3, 30)]
    [InlineData(1_000_000_000_000, 100, RangePlan.MostRanges)]
    public void Small_tables_are_one_range_and_large_ones_as_many_as_memory_asks_for(long rows, int cutoffs, int ranges) => RangePlan.RangesFor(rows, cutoffs).Should().Be(ranges);

    /// <summary>Breaks a run off in its second range, mends what broke and runs again.</summary>
    private async Task BrokenOffAsync(RangePlan plan, RangePlan undisturbed, string message, Action breaks, Func<Task> mends)
    {
        string expected;
        using (RangeRun run = Run(undisturbed, "undisturbed"))
        {
            run.Compute(2, null, TestContext.Current.CancellationToken);
            expected = Bits(run);
        }
        using (RangeRun run = Run(plan, "run"))
            FluentActions.Invoking(() => run.Compute(1, new Once(breaks), TestContext.Current.CancellationToken)).Should().Throw<BadDataException>().WithMessage(message + $"expected*1 of {Ranges} ranges of customers are done; the same command goes on from there.");
        await mends();
        using (RangeRun run = Run(plan, "run"))
        {
            run.TakenUp.Should().Be(1);
            run.Compute(2, null, TestContext.Current.CancellationToken);
            Bits(run).Should().Be(expected);
        }
    }

    private string StoreInDuckDb()
    {
        DuckDbTests.Store(_folder.PathOf("shop.db"), s_lines);
        return $"duckdb:{_folder.PathOf("shop.db")}?table=orders";
    }

    private static RangePlan Plan(string address, int ranges)
    {
        SourceAggregates there = SourceAggregates.Open(address, ColumnMapping.Usual, ReturnsPolicy.Net, ZeroAmounts.Purchase);
        Horizon horizon = new(60);
        return new RangePlan(there, AggregateCatalogue.Standard(there.Available(s_cutoffs[0], TestContext.Current.CancellationToken), horizon), [.. s_cutoffs.Select(cutoff => new ObservationWindow(cutoff, horizon))], ranges);
    }

    private RangeRun Run(RangePlan plan, string folder) => new(plan, _folder.PathOf(folder), "test");

    private int TakenUp(RangePlan plan)
    {
        using RangeRun run = Run(plan, "run");
        return run.TakenUp;
    }

    private string Fill(RangePlan plan)
    {
        using RangeRun run = Run(plan, "run");
        run.Compute(2, null, TestContext.Current.CancellationToken);
        return Bits(run);
    }

    private static string Bits(RangeRun run) => string.Join('\n', Blocks(run, 300).Select(row => row.ToString()));

    /// <summary>Every customer with the bits of every number.</summary>
    private static IEnumerable<(string Customer, string Values)> Blocks(RangeRun run, int customers) => Enumerable.Range(0, s_cutoffs.Length).SelectMany(day => run.Blocks(day, customers)).SelectMany(block =>
        Enumerable.Range(0, block.Aggregates.Count).Select(row => (block.Aggregates.CustomerId(row), string.Join(' ', Enumerable.Range(0, block.Aggregates.Catalogue.Count).Select(column => block.Aggregates.Column(column)[row])
            .Append(block.Outcomes.Purchases[row]).Append(block.Outcomes.Spend[row]).Append(block.Outcomes.DaysToNextPurchase[row]).Select(BitConverter.DoubleToInt64Bits)))));

    /// <summary>Acts once the first range is done.</summary>
    private sealed class Once(Action act) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Done == 1)
                act();
        }
    }
}
