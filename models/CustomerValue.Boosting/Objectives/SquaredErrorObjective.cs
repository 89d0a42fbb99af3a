namespace CustomerValue.Boosting;

internal sealed class SquaredErrorObjective : Objective
{
    public override string Name => "squared-error";

    public override string LabelDomain => "any finite number";

    public override bool Accepts(float label) => true;

    public override void Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> start) => start[0] = WeightedMean(labels, weights);

    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        for (int row = 0; row < labels.Length; row++)
            gradients[row] = (float)(margins[row] - labels[row]);
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<double> margins, float label) => 0.5 * (margins[0] - label) * (margins[0] - label);

    public override double Response(ReadOnlySpan<double> margins) => margins[0];
}
