namespace CustomerValue.Boosting;

/// <summary>What a <see cref="Booster"/> minimises. Derive from it for a loss of one's own.</summary>
/// <remarks>
/// Raw scores (margins) and gradients lie row after row, <see cref="Outputs"/> values a row. Every method is called from several threads on
/// different rows and must treat each row by itself: that is what makes a model independent of the number of threads.
/// </remarks>
public abstract class Objective
{
    /// <summary>A stable name with its parameter, for example <c>tweedie(1.5)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Raw scores a row; each has its own trees. Default 1.</summary>
    public virtual int Outputs => 1;

    /// <summary>The labels that make sense, in words, for error messages: <c>0 or 1</c>.</summary>
    public abstract string LabelDomain { get; }

    /// <summary>Largest leaf value before the learning rate that keeps a step within the range where the loss is nearly a parabola. Default no limit.</summary>
    public virtual double MaxLeafStep => double.PositiveInfinity;

    /// <summary>Whether <see cref="RefitLeaf"/> replaces the Newton step, for losses whose second derivative is zero. One output only. Default false.</summary>
    public virtual bool RefitsLeaves => false;

    /// <summary>Whether a finite label lies in the domain.</summary>
    public abstract bool Accepts(float label);

    /// <summary>The constant raw score, one an output, with the least loss.</summary>
    /// <param name="labels">One label a row, all accepted.</param>
    /// <param name="weights">One weight a row, or empty for 1 each.</param>
    /// <param name="start">Receives <see cref="Outputs"/> values.</param>
    public abstract void Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> start);

    /// <summary>First and second derivative of the loss by the raw scores, unweighted. The second must not be negative.</summary>
    public abstract void Derivatives(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians);

    /// <summary>One row's loss.</summary>
    public abstract double Loss(ReadOnlySpan<double> margins, float label);

    /// <summary>One row's prediction on the scale of the labels: a probability, a mean, a quantile.</summary>
    public abstract double Response(ReadOnlySpan<double> margins);

    /// <summary>The best constant to add to the raw scores of a leaf's rows; called where <see cref="RefitsLeaves"/>.</summary>
    /// <param name="residuals">Label minus raw score a row; may be reordered together with <paramref name="weights"/>.</param>
    /// <param name="weights">One weight a row.</param>
    public virtual double RefitLeaf(Span<double> residuals, Span<float> weights) =>
        throw new NotSupportedException($"Objective '{Name}' refits leaves but does not say how; override {nameof(RefitLeaf)}.");

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The weighted mean of the labels.</summary>
    protected static double WeightedMean(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double sum = 0, total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            sum += weight * labels[row];
            total += weight;
        }
        return total > 0 ? sum / total : 0;
    }
}
