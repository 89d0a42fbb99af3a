namespace CustomerValue.Models.Evaluation;

/// <summary>How often an 80 % interval held, and where it did not.</summary>
/// <param name="Group">Which customers.</param>
/// <param name="Customers">How many.</param>
/// <param name="Covered">Share of them inside; .8 is right.</param>
/// <param name="Below">Share below the lower end; .1 is right.</param>
/// <param name="Above">Share above the upper end; .1 is right.</param>
public sealed record GroupCoverage(string Group, int Customers, double Covered, double Below, double Above)
{
    private const double LeastCovered = 0.7, MostCovered = 0.9, MostAbove = 0.17;

    /// <summary>Whether the interval held about as often as it says: inside for 70 to 90 %, and at most 17 % above it.</summary>
    public bool IsTrusted() => Covered is >= LeastCovered and <= MostCovered && Above <= MostAbove;
}
