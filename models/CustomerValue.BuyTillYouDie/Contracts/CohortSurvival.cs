namespace CustomerValue.BuyTillYouDie;

/// <summary>How many of a cohort of contracts were still there at each renewal.</summary>
/// <remarks>Entry 0 is the cohort's size at the start, entry n those left after n renewal opportunities.</remarks>
public sealed class CohortSurvival
{
    private readonly double[] _left;

    private CohortSurvival(double[] left) => _left = left;

    /// <summary>Customers left after 0, 1, 2, ... renewals.</summary>
    public IReadOnlyList<double> Left => _left;

    /// <summary>Checks and copies the counts.</summary>
    /// <param name="left">Customers left after 0, 1, 2, ... renewals: at least two counts, the first above 0, never rising.</param>
    /// <exception cref="InvalidHistoryException">A count is negative, not finite or above the one before; or there are fewer than two.</exception>
    public static CohortSurvival From(ReadOnlySpan<double> left)
    {
        if (left.Length < 2) throw new InvalidHistoryException($"The cohort has {left.Length} counts; the size at the start and at least one renewal were expected.");
        for (int i = 0; i < left.Length; i++)
        {
            if (!(left[i] >= 0) || !double.IsFinite(left[i]))
                throw new InvalidHistoryException(FormattableString.Invariant($"Renewal {i} has {left[i]} customers; a count is a finite number, 0 or more."), i);
            if (i > 0 && left[i] > left[i - 1])
                throw new InvalidHistoryException(FormattableString.Invariant($"Renewal {i} has {left[i]} customers after {left[i - 1]}; a cohort does not grow."), i);
        }
        if (left[0] == 0) throw new InvalidHistoryException("The cohort has no customers at the start.", 0);
        return new CohortSurvival(left.ToArray());
    }
}
