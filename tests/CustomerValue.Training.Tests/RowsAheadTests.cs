using CustomerValue.Training.Score;

namespace CustomerValue.Training.Tests;

/// <summary>Rows that are made while those before them are taken.</summary>
public sealed class RowsAheadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_001)]
    public void Rows_come_in_order_and_each_once(int count) => RowsAhead.Of(count, row => row).Should().Equal(Enumerable.Range(0, count));

    [Fact]
    public void What_goes_wrong_while_they_are_made_is_told_to_who_takes_them()
    {
        int taken = 0;
        FluentActions.Invoking(() =>
        {
            foreach (int _ in RowsAhead.Of(10_000, row => row < 3000 ? row : throw new InvalidTimeZoneException()))
                taken++;
        }).Should().Throw<InvalidTimeZoneException>();
        taken.Should().BeInRange(1, 3000);
    }

    [Fact]
    public void Who_stops_taking_ends_the_making()
    {
        int made = 0;
        foreach (int row in RowsAhead.Of(10_000_000, row => Interlocked.Increment(ref made)))
            if (row == 100)
                break;
        made.Should().BeLessThan(100_000);
    }
}
