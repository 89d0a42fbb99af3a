using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Features;

/// <summary>A feature and how it is computed: given the aggregates, a function of the row.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Bind">Takes hold of the columns once; the function it returns is called for every customer.</param>
internal sealed record FeatureFormula(FeatureDefinition Definition, Func<FeatureInputs, Func<int, double>> Bind);

/// <summary>What formulas may look at: aggregates and the window's dates.</summary>
internal sealed class FeatureInputs(AggregateCatalogue catalogue, ObservationWindow window, double[] x, double[] tx, double[] t, Func<int, double[]> column)
{
    public FeatureInputs(CustomerAggregates aggregates)
        : this(aggregates.Catalogue, aggregates.Window, aggregates.XArray, aggregates.TxArray, aggregates.TArray, aggregates.ColumnArray)
    {
    }

    /// <summary>First day of the future, as a day number.</summary>
    public int Cutoff { get; } = window.Cutoff.DayNumber;

    /// <summary>Length of the future in days.</summary>
    public int HorizonDays { get; } = window.Horizon.Days;

    /// <summary>Repeat purchase days.</summary>
    public double[] X => x;

    /// <summary>Days from first to last purchase.</summary>
    public double[] Tx => tx;

    /// <summary>Days from first purchase to the last day observed.</summary>
    public double[] T => t;

    /// <summary>A column of the aggregates.</summary>
    public double[] this[string name] => catalogue.Find(name) is >= 0 and int index ? column(index)
        : throw new ArgumentException($"The catalogue has no aggregate '{name}'.", nameof(name));
}
