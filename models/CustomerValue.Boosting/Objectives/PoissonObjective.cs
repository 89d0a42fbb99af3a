namespace CustomerValue.Boosting;

internal sealed class PoissonObjective : LogLinkObjective
{
    /// <summary>XGBoost's and LightGBM's <c>max_delta_step</c>: the second derivative is taken that far up, which damps each step.</summary>
    private const double Damping = 0.7;

    private static readonly double s_damped = Math.Exp(Damping);

    public override string Name => "poisson";

    public override string LabelDomain => "a count, 0 or above";

    public override double MaxLeafStep => Damping;

    public override bool Accepts(float label) => label >= 0;

    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        Span<double> means = stackalloc double[Block];
        for (int from = 0; from < labels.Length; from += Block)
        {
            int count = Math.Min(Block, labels.Length - from);
            VectorExp.Exp(margins.Slice(from, count), 1, Limit, means);
            for (int i = 0; i < count; i++)
            {
                gradients[from + i] = (float)(means[i] - labels[from + i]);
                hessians[from + i] = (float)(means[i] * s_damped);
            }
        }
    }

    /// <summary>Negative log-likelihood without the label's factorial.</summary>
    public override double Loss(ReadOnlySpan<double> margins, float label)
    {
        double held = Held(margins[0]);
        return Math.Exp(held) - label * held;
    }
}
