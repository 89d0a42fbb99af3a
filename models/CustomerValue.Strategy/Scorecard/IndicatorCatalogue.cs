namespace CustomerValue.Strategy.Scorecard;

/// <summary>The indicators that a scorecard may name.</summary>
public sealed class IndicatorCatalogue
{
    private readonly Dictionary<string, IndicatorDefinition> _byName;

    /// <summary>A catalogue of given indicators.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public IndicatorCatalogue(IEnumerable<IndicatorDefinition> indicators)
    {
        Indicators = [.. indicators];
        _byName = new Dictionary<string, IndicatorDefinition>(StringComparer.Ordinal);
        foreach (IndicatorDefinition indicator in Indicators)
            if (!_byName.TryAdd(indicator.Name, indicator))
                throw new ArgumentException($"The indicator '{indicator.Name}' stands twice.", nameof(indicators));
    }

    /// <summary>The usual indicators: five of current and six of potential value.</summary>
    public static IndicatorCatalogue Standard { get; } = new([
        new("turnover", "money a year", false, "Spend of the last twelve months, net of returns."),
        new("margin", "money a year", false, "Margin of the last twelve months before cost to serve."),
        new("cost_share", "share", true, "Cost to serve over margin in the last twelve months."),
        new("frequency", "purchase days a year", false, "Purchase days of the last twelve months."),
        new("tenure", "days", false, "Days since the first purchase."),
        new("growth", "share", false, "Spend of the last twelve months against the twelve before."),
        new("loyalty", "probability", false, "Probability of buying again within the horizon: 1 - churn probability."),
        new("cross_buying", "categories", false, "Different categories, or products where no category is known, bought in the last twelve months."),
        new("payment_behaviour", "share", false, "Share of the invoices paid in time."),
        new("referrals", "money", false, "Influence value: what the customers they brought are worth to us through them."),
        new("perceived_value", "ratio", false, "(Utility + process quality) / (price + effort), against the customer's segment."),
    ]);

    /// <summary>The indicators in order.</summary>
    public IReadOnlyList<IndicatorDefinition> Indicators { get; }

    /// <summary>An indicator by name, or null.</summary>
    public IndicatorDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>This catalogue and more indicators of one's own.</summary>
    public IndicatorCatalogue With(params IEnumerable<IndicatorDefinition> more) => new([.. Indicators, .. more]);
}
