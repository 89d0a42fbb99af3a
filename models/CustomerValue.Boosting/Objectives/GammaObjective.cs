namespace CustomerValue.Boosting;

internal sealed class GammaObjective : LogLinkObjective
{
    public override string Name => "gamma";

    public override string LabelDomain => "a number above 0";

    public override bool Accepts(float label) => label > 0;

    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        Span<double> inverseMeans = stackalloc double[Block];
        for (int from = 0; from < labels.Length; from += Block)
        {
            int count = Math.Min(Block, labels.Length - from);
            VectorExp.Exp(margins.Slice(from, count), -1, Limit, inverseMeans);
            for (int i = 0; i < count; i++)
            {
                double ratio = labels[from + i] * inverseMeans[i];
                gradients[from + i] = (float)(1 - ratio);
                hessians[from + i] = (float)ratio;
            }
        }
    }

    /// <summary>Negative log-likelihood with shape 1, without terms of the label alone.</summary>
    public override double Loss(ReadOnlySpan<double> margins, float label)
    {
        double held = Held(margins[0]);
        return label * Math.Exp(-held) + held;
    }
}
