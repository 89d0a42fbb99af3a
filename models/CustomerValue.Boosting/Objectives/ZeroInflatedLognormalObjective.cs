namespace CustomerValue.Boosting;

/// <summary>Wang, Liu and Miao (2019), eq. 3: log odds of a positive amount, mean and (softplus of) deviation of its logarithm.</summary>
internal sealed class ZeroInflatedLognormalObjective : Objective
{
    private const int Odds = 0, Mean = 1, Deviation = 2;

    /// <summary>Keeps 1/sigma^2 and exp(sigma^2 / 2) within reason.</summary>
    private const double LeastSigma = 0.05, MostSigma = 6, LogLimit = 60;

    public override string Name => "zero-inflated-lognormal";

    public override int Outputs => 3;

    public override string LabelDomain => "a number, 0 or above";

    public override double MaxLeafStep => 2;

    public override bool Accepts(float label) => label >= 0;

    public override void Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> start)
    {
        double total = 0, positive = 0, sum = 0, squares = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            if (labels[row] <= 0)
                continue;
            double log = Math.Log(labels[row]);
            positive += weight;
            sum += weight * log;
            squares += weight * log * log;
        }
        double mean = positive > 0 ? sum / positive : 0;
        double variance = positive > 0 ? Math.Max(squares / positive - mean * mean, LeastSigma * LeastSigma) : 1;
        start[Odds] = LogisticObjective.Logit(total > 0 ? positive / total : 0.5);
        start[Mean] = mean;
        start[Deviation] = InverseSoftplus(Math.Sqrt(variance));
    }

    /// <remarks>Second derivatives by mean and deviation are Fisher information, which is positive where the observed one need not be.</remarks>
    public override void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> margin = margins.Slice(3 * row, 3);
            Span<float> gradient = gradients.Slice(3 * row, 3);
            Span<float> hessian = hessians.Slice(3 * row, 3);
            bool bought = labels[row] > 0;
            double probability = LogisticObjective.Sigmoid(margin[Odds]);
            gradient[Odds] = (float)(probability - (bought ? 1 : 0));
            hessian[Odds] = (float)Math.Max(probability * (1 - probability), 1e-16);
            gradient[Mean] = gradient[Deviation] = hessian[Mean] = hessian[Deviation] = 0;
            if (!bought)
                continue;
            double sigma = Sigma(margin[Deviation]);
            double slope = LogisticObjective.Sigmoid(margin[Deviation]);
            double standardised = (Math.Log(labels[row]) - margin[Mean]) / sigma;
            gradient[Mean] = (float)(-standardised / sigma);
            hessian[Mean] = (float)(1 / (sigma * sigma));
            gradient[Deviation] = (float)((1 - standardised * standardised) / sigma * slope);
            hessian[Deviation] = (float)(2 / (sigma * sigma) * slope * slope);
        }
    }

    /// <summary>Negative log-likelihood without terms of the label alone.</summary>
    public override double Loss(ReadOnlySpan<double> margins, float label)
    {
        if (label <= 0)
            return LogisticObjective.LogLoss(margins[Odds], 0);
        double sigma = Sigma(margins[Deviation]);
        double standardised = (Math.Log(label) - margins[Mean]) / sigma;
        return LogisticObjective.LogLoss(margins[Odds], 1) + Math.Log(sigma) + 0.5 * standardised * standardised;
    }

    /// <summary>The expected amount, p exp(mu + sigma^2 / 2).</summary>
    public override double Response(ReadOnlySpan<double> margins)
    {
        double sigma = Sigma(margins[Deviation]);
        return LogisticObjective.Sigmoid(margins[Odds]) * VectorExp.Exp(margins[Mean] + 0.5 * sigma * sigma, LogLimit);
    }

    private static double Sigma(double margin) =>
        Math.Clamp(Math.Max(margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))), LeastSigma, MostSigma);

    private static double InverseSoftplus(double sigma) => sigma > 30 ? sigma : Math.Log(Math.Exp(sigma) - 1);
}
