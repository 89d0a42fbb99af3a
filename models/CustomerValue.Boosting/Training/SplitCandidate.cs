namespace CustomerValue.Boosting;

/// <summary>A way to split a leaf. Sums are of the rows that go left.</summary>
internal struct SplitCandidate
{
    /// <summary>Gain over the unsplit leaf; not above 0 where no split is good.</summary>
    public double Gain;

    public int Feature;

    /// <summary>Numeric: bins up to this one go left.</summary>
    public int Bin;

    public bool MissingLeft;

    public long LeftGradient;

    public long LeftHessian;

    /// <summary>What was added to lambda in the gain, and belongs to the values of both children.</summary>
    public double ExtraLambda;

    /// <summary>Categorical: the bins that go right; null for a numeric split.</summary>
    public ulong[]? RightBins;

    /// <summary>Better by gain, then by feature, so that the choice does not depend on who searched first.</summary>
    public readonly bool Beats(in SplitCandidate other) =>
        Gain > other.Gain || (Gain == other.Gain && Feature < other.Feature);

    public readonly bool GoesRight(int bin, int missingBin)
    {
        if (bin == missingBin)
            return !MissingLeft;
        return RightBins is null ? bin > Bin : ((RightBins[bin >> 6] >> (bin & 63)) & 1) != 0;
    }
}
