using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Tests.Support;

namespace CustomerValue.Strategy.Tests.Costs;

public sealed class BadCostInputTests : IDisposable
{
    private static readonly CostPeriod s_year = new(new DateOnly(2024, 1, 1), new DateOnly(2025, 1, 1));
    private readonly InputFolder _folder = new();
    private readonly NameTable _customers = new(["a", "b"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("care,-5,100", "line 2, column 'cost'*'-5'*of 0 or more")]
    [InlineData("care,5,0", "line 2, column 'capacity'*'0'*capacity above 0*give plain rates")]
    [InlineData("care,,10", "line 2, column 'cost'*''*fill it in")]
    [InlineData("care,5,NaN", "line 2, column 'capacity'*'NaN'*of 0 or more")]
    [InlineData("care,5,10\ncare,6,10", "line 3, column 'pool'*'care'*line 2 already*remove one")]
    [InlineData("care,1e30,10", "line 2, column 'cost'*larger currency unit")]
    [InlineData("care,5", "line 2: found 2 fields, expected 3*mend the line")]
    public void A_pool_that_cannot_be_is_refused_with_its_place(string row, string message)
    {
        string pools = _folder.Write("pools.csv", "pool,cost,capacity", row), rates = _folder.Write("rates.csv", "activity,minutes,pool", "call,5,care");

        FluentActions.Invoking(() => CostRates.Read(rates, pools)).Should().Throw<BadDataException>().WithMessage($"*pools.csv {message}*");
    }

    [Theory]
    [InlineData("call,-1,,", "line 2, column 'cost'*'-1'*of 0 or more")]
    [InlineData("call,,5,desk", "line 2, column 'pool'*'desk'*one of the pools in *pools.csv*add the pool")]
    [InlineData("call,,5,", "line 2, column 'activity'*'call'*a cost, a cost per unit or a pool*")]
    [InlineData("call,1,,\ncall,2,,", "line 3, column 'activity'*line 2 already")]
    [InlineData(",1,,", "line 2, column 'activity'*expected a name")]
    public void A_rate_that_cannot_be_is_refused_with_its_place(string row, string message)
    {
        string rates = _folder.Write("rates.csv", "activity,cost,minutes,pool", row), pools = _folder.Write("pools.csv", "pool,cost,capacity", "care,5,10");

        FluentActions.Invoking(() => CostRates.Read(rates, pools)).Should().Throw<BadDataException>().WithMessage($"*rates.csv {message}*");
    }

    [Fact]
    public void A_pool_without_a_file_of_pools_is_refused()
    {
        string rates = _folder.Write("rates.csv", "activity,cost,minutes,pool", "call,,5,care");

        FluentActions.Invoking(() => CostRates.Read(rates)).Should().Throw<BadDataException>().WithMessage("*rates.csv line 2, column 'pool'*give the file of pools*");
    }

    [Theory]
    [InlineData("a,2024-02-30,call,1", "line 2, column 'date'*'2024-02-30'*a date like")]
    [InlineData("a,2024-02-03,call,-1", "line 2, column 'quantity'*'-1'*of 0 or more")]
    [InlineData(",2024-02-03,call,1", "line 2, column 'customer_id'*expected a name")]
    [InlineData("a,2024-02-03,,1", "line 2, column 'activity'*expected a name")]
    public void An_activity_that_cannot_be_is_refused_with_its_place(string row, string message)
    {
        string path = _folder.Write("activities.csv", "customer_id,date,activity,quantity", row);

        FluentActions.Invoking(() => ActivityLog.Read(path, _customers)).Should().Throw<BadDataException>().WithMessage($"*activities.csv {message}*");
    }

    [Fact]
    public void A_missing_column_is_named_with_those_that_are_there()
    {
        string path = _folder.Write("activities.csv", "customer_id,day_of_week,activity", "a,Monday,call");

        FluentActions.Invoking(() => ActivityLog.Read(path, _customers)).Should().Throw<BadDataException>().WithMessage("*activities.csv line 1: found no column 'date' among customer_id, day_of_week, activity*");
    }

    [Fact]
    public void Unknown_customers_are_counted_and_costed_apart()
    {
        string path = _folder.Write("activities.csv", "customer_id,date,activity", "a,2024-05-01,call", "x,2024-05-01,call", "y,2024-05-01,call");
        ActivityLog log = ActivityLog.Read(path, _customers);

        CostToServe costs = CostToServe.Compute(log, new CostRates([new ActivityRate("call", "call", 2)]), s_year);

        costs.Total.Should().Be(6);
        costs.UnknownCustomers.Should().Be(4);
        costs.Findings.Should().ContainSingle().Which.Should().Match<Finding>(finding => finding.Code == "unknown-activity-customers"
            && finding.Message.StartsWith("2 line(s)", StringComparison.Ordinal) && finding.Message.Contains("activities.csv line 3: 'x'"));
    }

    [Fact]
    public void Rates_without_activities_and_activities_without_rates_are_found()
    {
        ActivityLog log = ActivityLog.From([new Activity("a", s_year.From, "call"), new Activity("a", s_year.Until, "visit"), new Activity("b", s_year.From, "gift")], _customers);

        CostToServe costs = CostToServe.Compute(log, new CostRates([new ActivityRate("call", "call", 2), new ActivityRate("visit", "visit", 9)]), s_year);

        costs.Total.Should().Be(2);
        costs.Findings.Select(finding => (finding.Code, finding.Severity)).Should().BeEquivalentTo(new[]
        {
            ("unrated-activities", Severity.Error), ("unused-rates", Severity.Warning), ("activities-outside-period", Severity.Information),
        });
        costs.Findings.Single(finding => finding.Code == "unrated-activities").Message.Should().Contain("gift (1)");
    }

    [Fact]
    public void Time_that_nobody_knows_is_refused()
    {
        ActivityLog log = ActivityLog.From([new Activity("a", s_year.From, "call")], _customers);

        FluentActions.Invoking(() => CostToServe.Compute(log, new CostRates([new ActivityRate("call", "call", 0, null, "desk")], [new ResourcePool("desk", 1, 1)]), s_year))
            .Should().Throw<BadDataException>().WithMessage("*'call'*1 line(s)*add minutes*");
    }

    [Fact]
    public void Values_given_by_a_program_are_checked_too()
    {
        FluentActions.Invoking(() => new CostRates([new ActivityRate("call", "call", -1)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new CostRates([], [new ResourcePool("desk", 1, 0)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ActivityLog.From([new Activity("a", s_year.From, "call", -2)], _customers)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new CostPeriod(s_year.From, s_year.From)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
