using CustomerValue.Data.Aggregates;

namespace CustomerValue.Data.Features;

/// <summary>A feature and how it is computed: given the aggregates, a function of the row.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Bind">Takes hold of the columns once; the function it returns is called for every customer.</param>
internal sealed record FeatureFormula(FeatureDefinition Definition, Func<FeatureInputs, Func<int, double>> Bind);

/// <summary>What formulas may look at: aggregates and the window's dates.</summary>
internal sealed class FeatureInputs(CustomerAggregates aggregates)
{
    /// <summary>First day of the future, as a day number.</summary>
    public int Cutoff { get; } = aggregates.Window.Cutoff.DayNumber;

    /// <summary>Length of the future in days.</summary>
    public int HorizonDays { get; } = aggregates.Window.HorizonDays;

    /// <summary>Repeat purchase days.</summary>
    public double[] X => aggregates.XArray;

    /// <summary>Days from first to last purchase.</summary>
    public double[] Tx => aggregates.TxArray;

    /// <summary>Days from first purchase to the last day observed.</summary>
    public double[] T => aggregates.TArray;

    /// <summary>A column of the aggregates.</summary>
    public double[] this[string name] => aggregates.ColumnArray(name);
}
