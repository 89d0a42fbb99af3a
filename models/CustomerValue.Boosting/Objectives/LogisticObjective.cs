namespace CustomerValue.Boosting;

internal sealed class LogisticObjective : Objective
{
    private const int Block = 256;

    /// <summary>Beyond +-40 a probability is 0 or 1 to double precision.</summary>
    private const double Limit = 40;

    private const float LeastHessian = 1e-16f;

    public override string Name => "logistic";

    public override string LabelDomain => "0 or 1";

    public override bool Accepts(float label) => label is 0 or 1;

    public override void Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> start) => start[0] = Logit(WeightedMean(labels, weights));

    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        Span<double> odds = stackalloc double[Block];
        for (int from = 0; from < labels.Length; from += Block)
        {
            int count = Math.Min(Block, labels.Length - from);
            VectorExp.Exp(margins.Slice(from, count), -1, Limit, odds);
            for (int i = 0; i < count; i++)
            {
                double probability = 1 / (1 + odds[i]);
                gradients[from + i] = (float)(probability - labels[from + i]);
                hessians[from + i] = Math.Max((float)(probability * (1 - probability)), LeastHessian);
            }
        }
    }

    public override double Loss(ReadOnlySpan<double> margins, float label) => LogLoss(margins[0], label);

    public override double Response(ReadOnlySpan<double> margins) => Sigmoid(margins[0]);

    internal static double Sigmoid(double margin) => 1 / (1 + VectorExp.Exp(-margin, Limit));

    /// <summary>Log odds, held within the odds of one in a trillion.</summary>
    internal static double Logit(double probability)
    {
        double held = Math.Clamp(probability, 1e-12, 1 - 1e-12);
        return Math.Log(held / (1 - held));
    }

    /// <summary>log(1 + exp(m)) - y m without overflow.</summary>
    internal static double LogLoss(double margin, double label) =>
        Math.Max(margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))) - label * margin;
}
