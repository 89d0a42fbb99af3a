using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>Doubts about a population that is looked at in parts without a common customer: those that all of it at once would give.</summary>
public sealed class FindingsInParts
{
    private IReadOnlyList<Finding> _features = [];
    private CustomerAggregates? _nobody;
    private AttributeFit? _fit;

    /// <summary>Looks at a part; nothing of its size is kept.</summary>
    /// <param name="aggregates">The aggregates of the part.</param>
    /// <param name="features">Its features.</param>
    public void Add(CustomerAggregates aggregates, FeatureTable features)
    {
        UnmatchedReturns before = _nobody?.Unmatched ?? default, more = aggregates.Unmatched;
        _nobody = aggregates.Nobody(new UnmatchedReturns(before.Customers + more.Customers, before.Amount + more.Amount, before.ReturnOnlyCustomers + more.ReturnOnlyCustomers));
        _fit = features.Fit is { } fit ? _fit?.And(fit) ?? fit : _fit;
        _features = features.Findings;
    }

    /// <summary>Doubts about aggregates, then about attributes.</summary>
    public IReadOnlyList<Finding> Findings => [.. _nobody?.Findings ?? [], .. _fit?.ToFindings() ?? _features];
}
