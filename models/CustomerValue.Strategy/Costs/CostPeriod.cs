namespace CustomerValue.Strategy.Costs;

/// <summary>The days whose activities are costed, <c>[From, Until)</c>: the period that the cost and capacity of the pools are of.</summary>
public sealed record CostPeriod
{
    /// <summary>A half-open range of days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period has no day.</exception>
    public CostPeriod(DateOnly from, DateOnly until)
    {
        if (from >= until)
            throw new ArgumentOutOfRangeException(nameof(from), from, $"A period must begin before it ends, {until:yyyy-MM-dd}.");
        From = from;
        Until = until;
    }

    /// <summary>First day.</summary>
    public DateOnly From { get; }

    /// <summary>First day after the period.</summary>
    public DateOnly Until { get; }

    /// <inheritdoc/>
    public override string ToString() => $"[{From:yyyy-MM-dd}, {Until:yyyy-MM-dd})";
}
