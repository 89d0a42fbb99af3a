using System.Globalization;

namespace CustomerValue.Boosting;

internal sealed class TweedieObjective : LogLinkObjective
{
    public TweedieObjective(double power) => Power = power is > 1 and < 2
        ? power : throw new ArgumentOutOfRangeException(nameof(power), power, "The Tweedie variance power lies above 1 and below 2; use Poisson for 1 and gamma for 2.");

    public double Power { get; }

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"tweedie({Power})");

    public override string LabelDomain => "a number, 0 or above";

    public override bool Accepts(float label) => label >= 0;

    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        Span<double> first = stackalloc double[Block];
        Span<double> second = stackalloc double[Block];
        for (int from = 0; from < labels.Length; from += Block)
        {
            int count = Math.Min(Block, labels.Length - from);
            ReadOnlySpan<double> block = margins.Slice(from, count);
            VectorExp.Exp(block, 1 - Power, Limit, first);
            VectorExp.Exp(block, 2 - Power, Limit, second);
            for (int i = 0; i < count; i++)
            {
                double label = labels[from + i];
                gradients[from + i] = (float)(second[i] - label * first[i]);
                hessians[from + i] = (float)((2 - Power) * second[i] - (1 - Power) * label * first[i]);
            }
        }
    }

    /// <summary>Negative quasi-log-likelihood without terms of the label alone.</summary>
    public override double Loss(ReadOnlySpan<double> margins, float label)
    {
        double held = Held(margins[0]);
        return Math.Exp((2 - Power) * held) / (2 - Power) - label * Math.Exp((1 - Power) * held) / (1 - Power);
    }
}
