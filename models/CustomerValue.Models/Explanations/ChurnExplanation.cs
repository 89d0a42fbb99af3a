
namespace CustomerValue.Models.Explanations;

/// <summary>Why one customer's churn probability is what it is: a base and exact contributions that add up to its log-odds.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Logit">Log-odds of the champion's churn probability.</param>
/// <param name="Base">What is the same for everyone: the season's level and the mean of the trees.</param>
/// <param name="Reasons">Every contribution, strongest first; with <paramref name="Base"/> they add up to <paramref name="Logit"/>.</param>
public sealed record ChurnExplanation(string CustomerId, double Logit, double Base, IReadOnlyList<Reason> Reasons)
{
    /// <summary>Name of the reason that holds what the strongest leave.</summary>
    public const string RestFeature = "everything_else";

    /// <summary>The strongest reasons and the rest as one, so that the sum stays what it is.</summary>
    /// <param name="most">Reasons to keep, at least 1.</param>
    public ChurnExplanation Strongest(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (Reasons.Count <= most)
            return this;
        double rest = 0;
        for (int i = most; i < Reasons.Count; i++)
            rest += Reasons[i].Contribution;
        return this with { Reasons = [.. Reasons.Take(most), Rest(Reasons.Count - most, rest)] };
    }

    internal static Reason Rest(int count, double contribution) => new(RestFeature, null, contribution, FormattableString.Invariant($"{count} weaker reasons together"));
}
