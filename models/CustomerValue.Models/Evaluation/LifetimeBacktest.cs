namespace CustomerValue.Models.Evaluation;

/// <summary>What lifetime values said a year before a cutoff, with only what was known then, beside what the year brought: or why there is no such figure.</summary>
public sealed record LifetimeBacktest
{
    /// <summary>The day from which was valued: everything before it was known, and the year begins with it.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Days of transactions that were known on that day.</summary>
    public required int HistoryDays { get; init; }

    /// <summary>What was said and what came; null where that could not be measured.</summary>
    public LifetimeFigures? Figures { get; init; }

    /// <summary>Why there are no figures, and when there will be, in a sentence; null where there are.</summary>
    public string? WhyNot { get; init; }
}

/// <summary>Twelve months as they were valued, beside the spend they brought: not discounted, all of it margin. Money in the unit of the transactions.</summary>
public sealed record LifetimeFigures
{
    /// <summary>Customers known on the day: all who had bought before it.</summary>
    public required int Customers { get; init; }

    /// <summary>Whether they are part of a base from which they were drawn by their ids.</summary>
    public required bool IsSample { get; init; }

    /// <summary>Name of the candidate whose forecast of the first horizon the values start from.</summary>
    public required string Model { get; init; }

    /// <summary>What they spent in the year, all together.</summary>
    public required double Came { get; init; }

    /// <summary>Their values.</summary>
    public required LifetimeErrors Value { get; init; }

    /// <summary>The naive rule beside it: next year brings what the last year, or the shorter time since the log begins, brought.</summary>
    public required LifetimeErrors LastYear { get; init; }

    /// <summary>How often the 80 % interval of the value held; null where no interval could be learnt.</summary>
    public required GroupCoverage? Coverage { get; init; }

    /// <summary>Mean value and mean spend of the year by tenth of customers, highest value first.</summary>
    public required IReadOnlyList<Decile> Deciles { get; init; }
}

/// <summary>How well a figure of each customer met what the customer spent in a year.</summary>
/// <param name="Said">The figures of all customers together; money.</param>
/// <param name="Mae">Mean absolute error, money a customer.</param>
/// <param name="Spearman">Rank correlation, ties averaged.</param>
/// <param name="NormalizedGini">Gini of the ranking over the Gini of the perfect ranking, ties averaged.</param>
public sealed record LifetimeErrors(double Said, double Mae, double Spearman, double NormalizedGini)
{
    /// <summary>Measures figures against what came.</summary>
    /// <param name="said">A figure for each customer; money.</param>
    /// <param name="came">What each spent; money.</param>
    public static LifetimeErrors Measure(ReadOnlySpan<double> said, ReadOnlySpan<double> came)
    {
        double total = 0;
        foreach (double one in said)
            total += one;
        return new LifetimeErrors(total, Errors.MeanAbsolute(said, came), Ranking.Spearman(said, came), Ranking.NormalizedGini(came, said));
    }
}
