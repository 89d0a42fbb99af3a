namespace CustomerValue.Boosting;

/// <summary>What a split search knows of a leaf: whole-number sums and the bounds that monotone constraints put on its value.</summary>
internal readonly record struct LeafSums(long Gradient, long Hessian, double Lower, double Upper)
{
    public static LeafSums Unbounded(long gradient, long hessian) => new(gradient, hessian, double.NegativeInfinity, double.PositiveInfinity);
}
