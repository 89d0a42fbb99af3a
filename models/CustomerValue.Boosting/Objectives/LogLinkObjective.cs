namespace CustomerValue.Boosting;

/// <summary>What objectives with a log link share: the raw score is the log of the mean.</summary>
internal abstract class LogLinkObjective : Objective
{
    protected const int Block = 256;

    /// <summary>Raw scores beyond +-60 (a mean of 1e26) are treated as if they stood there, so that no sum overflows a float.</summary>
    protected const double Limit = 60;

    private const double LeastMean = 1e-9;

    /// <summary>A tree may multiply a mean by at most e^2 before the learning rate: a log link's second derivative changes quickly.</summary>
    public override double MaxLeafStep => 2;

    public override void Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> start) =>
        start[0] = Math.Log(Math.Max(WeightedMean(labels, weights), LeastMean));

    public override double Response(ReadOnlySpan<double> margins) => VectorExp.Exp(margins[0], Limit);

    protected static double Held(double margin) => Math.Clamp(margin, -Limit, Limit);
}
