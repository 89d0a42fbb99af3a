using CustomerValue.Decisions.Contacts;

namespace CustomerValue.Decisions.Planning;

/// <summary>What is known of contacts with customers, in the order of the customers.</summary>
public sealed record ContactBook
{
    /// <summary>Days and hands.</summary>
    public required WorkCalendar Calendar { get; init; }

    /// <summary>Days from the plan's first within which the customer buys with <see cref="RhythmProbability"/> by their own rhythm; infinity where that is not expected.</summary>
    public required double[] RhythmDays { get; init; }

    /// <summary>The probability of the days of rhythm. Default .5, the median.</summary>
    public double RhythmProbability { get; init; } = 0.5;

    /// <summary>Contacts so far.</summary>
    public required ContactHistory[] Histories { get; init; }

    /// <summary>Whom nobody may contact.</summary>
    public required bool[] DoNotContact { get; init; }

    /// <summary>Who looks after the customer.</summary>
    public required string[] Owners { get; init; }

    /// <summary>What owners can do in a day.</summary>
    public OwnerCapacities Capacities { get; init; } = OwnerCapacities.None;
}
