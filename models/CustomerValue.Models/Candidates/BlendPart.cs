namespace CustomerValue.Models.Candidates;

/// <summary>One candidate's share in a <see cref="Blend"/>, and how far its answers are moved so that all parts stand at one level.</summary>
/// <param name="Name">Name of the candidate.</param>
/// <param name="Churn">Share in churn, mixed in log-odds.</param>
/// <param name="Purchases">Share in expected purchases.</param>
/// <param name="Spend">Share in expected spend.</param>
public sealed record BlendPart(string Name, double Churn, double Purchases, double Spend)
{
    /// <summary>Added to log-odds of churn.</summary>
    public double ChurnShift { get; init; }

    /// <summary>Added to the log of purchases.</summary>
    public double PurchasesShift { get; init; }

    /// <summary>Added to the log of spend.</summary>
    public double SpendShift { get; init; }

    /// <summary>Whether it knows no season, so that it moves with the level of the base from day to day.</summary>
    public bool MovesWithLevel { get; init; }
}
