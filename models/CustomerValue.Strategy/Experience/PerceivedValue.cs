using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Experience;

/// <summary>Value as customers perceive it: (utility + process quality) / (price + effort), and against their segment.</summary>
/// <remarks>Heskett, Sasser and Schlesinger (1997), The Service Profit Chain: the customer value equation. Sums run over a customer's answers.</remarks>
public sealed class PerceivedValue
{
    private readonly double[] _ratio, _againstSegment;

    internal PerceivedValue(double[] ratio, double[] againstSegment, IReadOnlyList<Finding> findings)
    {
        _ratio = ratio;
        _againstSegment = againstSegment;
        Findings = findings;
    }

    /// <summary>Perceived value by customer, NaN without an answer.</summary>
    public ReadOnlySpan<double> Ratio => _ratio;

    /// <summary>Perceived value over the median of the customer's segment, NaN without an answer: the indicator <c>perceived_value</c>.</summary>
    public ReadOnlySpan<double> AgainstSegment => _againstSegment;

    /// <summary>Doubts about the answers.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a delimited file: <c>customer_id, date, utility, process_quality, price, effort</c>.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="scope">Customers, segments and days.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadDataException">A column is absent, a number is missing or negative, or price and effort are both 0.</exception>
    public static PerceivedValue Read(string path, ExperienceScope scope, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        ExperienceReader.Read(path, scope, progress, cancellation);

    /// <summary>Perceived value of answers from elsewhere.</summary>
    /// <exception cref="ArgumentException">A number is negative or not finite, price and effort are both 0, or there is not one segment a customer.</exception>
    public static PerceivedValue From(IEnumerable<ExperienceAnswer> answers, ExperienceScope scope)
    {
        ExperienceCollector collector = new(scope, static line => $"answer {line}");
        int row = 0;
        foreach (ExperienceAnswer answer in answers)
        {
            double benefit = answer.Utility + answer.ProcessQuality, cost = answer.Price + answer.Effort;
            if (answer is not { Utility: >= 0, ProcessQuality: >= 0, Price: >= 0, Effort: >= 0 } || !double.IsFinite(benefit) || !(cost > 0) || !double.IsFinite(cost))
                throw new ArgumentException($"Numbers are 0 or more, price and effort not both 0; answer {row + 1} is {answer}.", nameof(answers));
            collector.Add(answer, ++row);
        }
        return collector.Build();
    }
}
