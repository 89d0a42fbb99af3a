using System.Globalization;

namespace CustomerValue.Boosting;

internal sealed class QuantileObjective : Objective
{
    public QuantileObjective(double alpha) => Alpha = alpha is > 0 and < 1
        ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A quantile's level lies above 0 and below 1.");

    public double Alpha { get; }

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"quantile({Alpha})");

    public override string LabelDomain => "any finite number";

    /// <summary>The pinball loss has no curvature: a leaf takes the quantile of its residuals.</summary>
    public override bool RefitsLeaves => true;

    public override bool Accepts(float label) => true;

    public override void Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> start)
    {
        double[] values = new double[labels.Length];
        float[] copies = new float[labels.Length];
        for (int row = 0; row < values.Length; row++)
            values[row] = labels[row];
        if (weights.IsEmpty)
            Array.Fill(copies, 1f);
        else
            weights.CopyTo(copies);
        start[0] = RefitLeaf(values, copies);
    }

    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        for (int row = 0; row < labels.Length; row++)
            gradients[row] = (float)(labels[row] > margins[row] ? -Alpha : 1 - Alpha);
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<double> margins, float label)
    {
        double residual = label - margins[0];
        return residual > 0 ? Alpha * residual : (Alpha - 1) * residual;
    }

    public override double Response(ReadOnlySpan<double> margins) => margins[0];

    /// <summary>The least residual below or at which the wanted share of the weight lies.</summary>
    public override double RefitLeaf(Span<double> residuals, Span<float> weights)
    {
        residuals.Sort(weights);
        double total = 0;
        foreach (float weight in weights)
            total += weight;
        double below = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            below += weights[i];
            if (below >= Alpha * total && weights[i] > 0)
                return residuals[i];
        }
        return residuals.IsEmpty ? 0 : residuals[^1];
    }
}
