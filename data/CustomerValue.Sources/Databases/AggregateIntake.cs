using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Sources.Databases;

/// <summary>Puts the answers of a catalogue's queries together by customer: the aggregates of one past.</summary>
/// <param name="window">The past.</param>
/// <param name="catalogue">The aggregates.</param>
/// <param name="everyone">Whether those who only gave things back are wanted, too.</param>
internal sealed class AggregateIntake(ObservationWindow window, AggregateCatalogue catalogue, bool everyone)
{
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _customers = [];
    private readonly List<double>[] _values = [.. catalogue.Definitions.Select(_ => new List<double>())];
    private readonly int _purchases = catalogue.Find("purchase_days_all");
    private int _onlyReturns, _unmatched;
    private double _unmatchedMoney;

    /// <summary>Takes a row of the query of days, which every customer has.</summary>
    public void TakeFirst(AggregateQuery query, string customer, double[] numbers)
    {
        if (!everyone && numbers[At(query, _purchases)] == 0)
        {
            _onlyReturns++;
            return;
        }
        _rows.Add(customer, _customers.Count);
        _customers.Add(customer);
        foreach (List<double> column in _values)
            column.Add(double.NaN);
        Take(query, customer, numbers);
        if (numbers[At(query, AggregateQuery.UnmatchedColumn)] is > 0 and var money)
            (_unmatched, _unmatchedMoney) = (_unmatched + 1, _unmatchedMoney + money);
    }

    /// <summary>Takes a row of another query; of customers who only gave things back it is none.</summary>
    public void Take(AggregateQuery query, string customer, double[] numbers)
    {
        if (!_rows.TryGetValue(customer, out int row))
            return;
        for (int i = 0; i < numbers.Length; i++)
            if (query.Columns[i] >= 0)
                _values[query.Columns[i]][row] = numbers[i];
    }

    /// <summary>All of it, once every query was answered.</summary>
    public CustomerAggregates ToAggregates(ReturnsPolicy returns) =>
        CustomerAggregates.Of(window, catalogue, returns, _customers, [.. _values.Select(column => column.ToArray())], new UnmatchedReturns(_unmatched, _unmatchedMoney, _onlyReturns));

    private static int At(AggregateQuery query, int column)
    {
        for (int i = 0; i < query.Columns.Count; i++)
            if (query.Columns[i] == column)
                return i;
        return -1;
    }
}
