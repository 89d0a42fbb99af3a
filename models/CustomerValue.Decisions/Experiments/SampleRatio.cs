using CustomerValue.Models.Evaluation;

namespace CustomerValue.Decisions.Experiments;

/// <summary>Whether groups are as large as they were meant to be. Where they are not, something else than chance chose, and differences mean nothing.</summary>
/// <remarks>Chi-square test; Fabijan et al. (2019), "Diagnosing sample ratio mismatch in online controlled experiments".</remarks>
public static class SampleRatio
{
    /// <summary>Probability, were all well, of sizes at least as odd as these.</summary>
    /// <param name="sizes">Customers found in each group.</param>
    /// <param name="shares">Shares meant; any positive scale.</param>
    public static double PValue(IReadOnlyList<int> sizes, IReadOnlyList<double> shares)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Count, sizes.Count);
        double all = sizes.Sum(), whole = shares.Sum(), square = 0;
        if (sizes.Count < 2 || all == 0)
            return 1;
        for (int g = 0; g < sizes.Count; g++)
        {
            double meant = all * shares[g] / whole;
            square += (sizes[g] - meant) * (sizes[g] - meant) / meant;
        }
        return ChiSquareTail.Tail(sizes.Count - 1, square);
    }
}
