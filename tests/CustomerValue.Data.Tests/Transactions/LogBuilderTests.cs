using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Logs of single transactions: what a log cannot number is refused, never wrapped around.</summary>
public sealed class LogBuilderTests
{
    private static readonly DateOnly s_day = new(2024, 5, 1);

    [Fact]
    public void As_many_channels_as_a_log_numbers_keep_their_names()
    {
        TransactionLog log = TransactionLog.From(Enumerable.Range(0, 254).Select(i => new Transaction("a", s_day.AddDays(i), 1) { Channel = $"channel-{i}" }));

        log.ChannelNames.Count.Should().Be(254);
        for (int row = 0; row < log.RowCount; row++)
            log.ChannelNames[log.Channels[row]].Should().Be($"channel-{row}");
    }

    [Fact]
    public void More_channels_than_a_log_numbers_are_refused()
    {
        Action build = () => TransactionLog.From(Enumerable.Range(0, 300).Select(i => new Transaction("a", s_day.AddDays(i), 1) { Channel = $"channel-{i}" }));

        build.Should().Throw<BadDataException>().WithMessage("The transactions' channel: found 300 different names, expected at most 254; *leave out what is no channel.");
    }

    [Fact]
    public void More_categories_than_a_log_numbers_are_refused()
    {
        Action build = () => TransactionLog.From(Enumerable.Range(0, 65_535).Select(i => new Transaction("a", s_day, 1) { Category = $"category-{i}" }));

        build.Should().Throw<BadDataException>().WithMessage("The transactions' category: found 65,535 different names, expected at most 65,534; *");
    }

    [Fact]
    public void More_orders_of_a_customer_on_a_day_than_a_log_numbers_are_refused()
    {
        Action build = () => TransactionLog.From(Enumerable.Range(0, 65_537).Select(i => new Transaction("a", s_day, 1) { OrderId = $"order-{i}" }));

        build.Should().Throw<BadDataException>().WithMessage("The transactions' order: found more than 65,536 orders of customer a on 2024-05-01, *");
    }

    [Fact]
    public void Rows_in_order_and_rows_out_of_order_give_the_same_log()
    {
        Transaction[] sorted = [new("a", s_day, 1), new("a", s_day, 2), new("a", s_day.AddDays(3), 3), new("b", s_day.AddDays(-7), 4)];

        TransactionLog log = TransactionLog.From(sorted), mixed = TransactionLog.From([sorted[3], sorted[2], sorted[0], sorted[1]]);

        log.FirstDay.Should().Be(s_day.AddDays(-7));
        log.LastDay.Should().Be(s_day.AddDays(3));
        mixed.Amounts.ToArray().Should().Equal(log.Amounts.ToArray()).And.Equal(1, 2, 3, 4);
        mixed.Days.ToArray().Should().Equal(log.Days.ToArray()).And.Equal(7, 7, 10, 0);
    }
}
