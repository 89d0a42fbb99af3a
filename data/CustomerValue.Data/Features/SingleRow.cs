using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Features;

/// <summary>Formulas bound to arrays of one row that are filled anew for each customer: binding them costs more than computing them. For one thread at a time.</summary>
internal sealed class SingleRow
{
    private readonly double[][] _columns;
    private readonly double[] _x = new double[1], _tx = new double[1], _t = new double[1];
    private readonly Func<int, double>[] _values;
    private readonly FeatureRange[] _ranges;
    private readonly ObservationWindow _window;

    public SingleRow(FeatureFormula[] formulas, AggregateCatalogue catalogue, ObservationWindow window)
    {
        _window = window;
        _columns = [.. catalogue.Definitions.Select(_ => new double[1])];
        FeatureInputs inputs = new(catalogue, window, _x, _tx, _t, index => _columns[index]);
        _values = Array.ConvertAll(formulas, formula => formula.Bind(inputs));
        _ranges = Array.ConvertAll(formulas, formula => formula.Definition.Range);
    }

    /// <summary>Whether the dates are those that the formulas took hold of.</summary>
    public bool IsFor(ObservationWindow window) => window.Cutoff == _window.Cutoff && window.Horizon == _window.Horizon;

    /// <summary>The features of a population of one, each in a column of its own.</summary>
    public void Fill(CustomerAggregates aggregates, Span<float[]> columns)
    {
        for (int i = 0; i < _columns.Length; i++)
            _columns[i][0] = aggregates.ColumnArray(i)[0];
        (_x[0], _tx[0], _t[0]) = (aggregates.XArray[0], aggregates.TxArray[0], aggregates.TArray[0]);
        for (int i = 0; i < _values.Length; i++)
            columns[i] = [_ranges[i].Hold(_values[i](0))];
    }
}
