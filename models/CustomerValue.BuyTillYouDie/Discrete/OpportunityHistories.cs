namespace CustomerValue.BuyTillYouDie;

/// <summary>The discrete histories of many customers, checked, alike ones merged: a recency-frequency matrix.</summary>
public sealed class OpportunityHistories
{
    private OpportunityHistories((OpportunityHistory History, double Customers)[] rows) => Rows = rows;

    /// <summary>Each distinct history with the number of customers who have it.</summary>
    public IReadOnlyList<(OpportunityHistory History, double Customers)> Rows { get; }

    /// <summary>Customers in all.</summary>
    public double Customers => Rows.Sum(row => row.Customers);

    /// <summary>Builds the collection from columns of equal length.</summary>
    /// <param name="x">Opportunities used.</param>
    /// <param name="tx">Last opportunity used.</param>
    /// <param name="n">Opportunities.</param>
    /// <param name="weights">Customers a row stands for, above 0; none means 1 each.</param>
    /// <exception cref="InvalidHistoryException">A row is impossible, or there is none; the message names it.</exception>
    public static OpportunityHistories From(ReadOnlySpan<int> x, ReadOnlySpan<int> tx, ReadOnlySpan<int> n, ReadOnlySpan<double> weights = default)
    {
        if (tx.Length != x.Length || n.Length != x.Length || (!weights.IsEmpty && weights.Length != x.Length))
            throw new ArgumentException($"Columns are of equal length; found {x.Length}, {tx.Length}, {n.Length} and {weights.Length}.");
        if (x.IsEmpty) throw new InvalidHistoryException("There are no customers; a fit needs some.");
        Dictionary<OpportunityHistory, double> merged = [];
        for (int i = 0; i < x.Length; i++)
        {
            OpportunityHistory history = new OpportunityHistory(x[i], tx[i], n[i]).Checked(i);
            double weight = weights.IsEmpty ? 1 : weights[i];
            if (!(weight > 0) || !double.IsFinite(weight))
                throw new InvalidHistoryException(FormattableString.Invariant($"Row {i} has weight {weight}; a weight is a finite number above 0."), i);
            merged[history] = merged.GetValueOrDefault(history) + weight;
        }
        return new OpportunityHistories([.. merged.OrderBy(pair => pair.Key.N).ThenBy(pair => pair.Key.X).ThenBy(pair => pair.Key.Tx).Select(pair => (pair.Key, pair.Value))]);
    }
}
