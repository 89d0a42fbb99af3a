using CustomerValue.CustomerBook.Outcomes;

namespace CustomerValue.CustomerBook.Tests;

/// <summary>What both databases keep of what came of forecasts.</summary>
public abstract class OutcomeContract
{
    private static readonly DateOnly s_day = new(2024, 5, 1);
    private static readonly Func<Func<string, bool>> s_nobody = () => _ => false;

    /// <summary>Connection string of an empty database.</summary>
    protected abstract Task<string> EmptyAsync();

    [Fact]
    public async Task A_line_is_counted_once_however_often_it_is_reported()
    {
        OutcomeDatabase outcomes = new(await EmptyAsync());
        (await outcomes.StateAsync()).Should().BeNull();
        ReceivedLine[] lines = [Line("anna", 0, 12.1), Line("anna", 0, 12.1), Line("anna", 0, 12.1, "2"), Line("anna", 1, -0.0), Line("o'neil; drop table --", 2, 5)];

        (await outcomes.AddAsync(lines, null, null, s_nobody)).Should().Be(new OutcomeReceipt(5, 4, 1, 0, s_day, s_day.AddDays(2)));
        (await outcomes.AddAsync([.. lines, Line("anna", 1, 0)], null, null, s_nobody)).Should().Be(new OutcomeReceipt(6, 0, 6, 0, s_day, s_day.AddDays(2)));
        (await outcomes.AddAsync([], s_day.AddDays(-3), s_day.AddDays(9), s_nobody)).Should().Be(new OutcomeReceipt(0, 0, 0, 0, s_day.AddDays(-3), s_day.AddDays(9)), "a report may say that nothing was bought");
        (await outcomes.CountDaysAsync(s_day, s_day.AddDays(9))).Should().Be(3);
    }

    [Fact]
    public async Task Many_lines_and_several_writers_at_once_lose_none()
    {
        OutcomeDatabase outcomes = new(await EmptyAsync());

        OutcomeReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 6).Select(part => outcomes.AddAsync([.. Enumerable.Range(0, 1300).Select(i => Line($"c{(part / 2 * 1000) + i}", i % 30, i))], null, null, s_nobody)));

        receipts.Should().OnlyContain(receipt => receipt.Added + receipt.Known == 1300);
        receipts.Sum(receipt => receipt.Added).Should().Be(3900, "every second report brings what the one before brings");
        await outcomes.KeepAsync(Base(), [.. Enumerable.Range(0, 3300).Select(i => Forecast($"c{i}", 0.5))], s_nobody);
        (await outcomes.LinesAsync(Base(), s_day.AddDays(30))).Should().HaveCount(3900);
    }

    [Fact]
    public async Task Forecasts_are_kept_by_version_and_day_and_replaced_whole()
    {
        string place = await EmptyAsync();
        OutcomeDatabase outcomes = new(place);
        await outcomes.KeepAsync(Base(), [Forecast("bob", 0.25), Forecast("Anna", 1 / 3.0)], s_nobody);
        await outcomes.KeepAsync(Base("other"), [Forecast("bob", 0.75, "other")], s_nobody);
        await outcomes.AddAsync([Line("bob", 0, 1), Line("bob", 90, 2), Line("carl", 1, 3), Line("bob", -1, 4)], null, null, s_nobody);

        (await new OutcomeDatabase(place).ForecastsAsync("v", s_day)).Select(one => (one.CustomerId, one.ChurnProbability, one.SpendP10, one.SpendP90)).Should().Equal(("Anna", 1 / 3.0, null, 9.5), ("bob", 0.25, null, 9.5));
        (await outcomes.LinesAsync(Base(), s_day.AddDays(89))).Select(line => line.Amount).Should().Equal([1], "of kept customers alone, within the days");
        await outcomes.KeepAsync(Base(), [Forecast("carl", 0.5)], s_nobody);
        (await outcomes.ForecastsAsync("v", s_day)).Select(one => one.CustomerId).Should().Equal("carl");
        (await outcomes.ForecastsAsync("other", s_day)).Should().ContainSingle();
        (await outcomes.BasesAsync("v")).Should().ContainSingle().Which.Should().BeEquivalentTo(Base());
        await outcomes.KeepAsync(Base("later", s_day.AddDays(800)), [], s_nobody);
        (await outcomes.BasesAsync("other")).Should().BeEmpty("what is two years old goes");
        (await outcomes.ForecastsAsync("other", s_day)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_customer_is_erased_and_no_later_report_brings_them_back()
    {
        OutcomeDatabase outcomes = new(await EmptyAsync());
        (await outcomes.EraseAsync("anna")).Should().Be(0);
        await outcomes.KeepAsync(Base(), [Forecast("anna", 0.5), Forecast("ann", 0.5)], s_nobody);
        await outcomes.AddAsync([Line("anna", 0, 1), Line("anna", 40, 2), Line("ann", 1, 3)], null, null, s_nobody);

        (await outcomes.EraseAsync("anna")).Should().Be(3);
        (await outcomes.ForecastsAsync("v", s_day)).Select(one => one.CustomerId).Should().Equal("ann");
        OutcomeReceipt later = await outcomes.AddAsync([Line("anna", 60, 2), Line("ann", 2, 3)], null, null, () => customer => customer == "anna");
        later.Should().Be(new OutcomeReceipt(2, 1, 0, 1, s_day, s_day.AddDays(60)), "the day was reported, of whomever");
        await outcomes.KeepAsync(Base(), [Forecast("anna", 0.5), Forecast("ann", 0.5)], () => customer => customer == "anna");
        (await outcomes.ForecastsAsync("v", s_day)).Select(one => one.CustomerId).Should().Equal("ann");
        (await outcomes.CountDaysAsync(s_day, s_day.AddDays(90))).Should().Be(2);
    }

    [Fact]
    public async Task The_secret_of_the_draw_is_made_once_for_all_programs()
    {
        string place = await EmptyAsync();

        byte[][] keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new OutcomeDatabase(place).DrawKeyAsync()));

        keys[0].Should().HaveCount(32);
        keys.Should().OnlyContain(key => key.SequenceEqual(keys[0]));
    }

    private static ReceivedLine Line(string customer, int day, double amount, string id = "") => new() { CustomerId = customer, Day = s_day.AddDays(day), Amount = amount, LineId = id };

    private static KeptBase Base(string version = "v", DateOnly? asOf = null) => new() { Version = version, AsOf = asOf ?? s_day, HorizonDays = 90, Returns = "Net", ScoredAt = new DateTime(2024, 5, 1, 3, 4, 5, DateTimeKind.Utc), Customers = 7 };

    private static KeptForecast Forecast(string customer, double churn, string version = "v") =>
        new() { Version = version, AsOf = s_day, CustomerId = customer, ChurnProbability = churn, ExpectedPurchases = 1.5, ExpectedSpend = 20, SpendP10 = null, SpendP90 = 9.5 };
}

public sealed class SqliteOutcomeTests : OutcomeContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outcomes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<string> EmptyAsync() => Task.FromResult($"Data Source={Path.Combine(_folder, Path.GetRandomFileName(), "work.db")}");
}

public sealed class PostgresOutcomeTests(PostgresServer server) : OutcomeContract, IClassFixture<PostgresServer>
{
    protected override async Task<string> EmptyAsync() => await server.FreshDatabaseAsync();
}
