using CustomerValue.Data.Features;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Formulas;

/// <summary>The columns that the formulas of one version ask for, each once.</summary>
/// <param name="schema">The version's features.</param>
/// <param name="cutoff">Everything before this day was learnt from.</param>
/// <param name="horizon">How far ahead is answered.</param>
public sealed class FormulaInputs(FeatureSchema schema, DateOnly cutoff, Horizon horizon)
{
    /// <summary>A formula knows season and growth from a year before the version's cutoff to five years after it.</summary>
    private const int DaysBefore = 366, DaysAfter = 5 * 366;

    private readonly Dictionary<string, InputFormula> _byName = new(StringComparer.Ordinal);

    /// <summary>Days ahead that are answered.</summary>
    public int HorizonDays => horizon.Days;

    /// <summary>The columns, in the order in which they were asked for.</summary>
    public IReadOnlyList<FormulaInput> All => [.. _byName.Values.Select(formula => formula.Input)];

    /// <summary>A feature of the version.</summary>
    /// <returns>Null where it has none of that name.</returns>
    internal InputFormula? Feature(string name) => schema.Find(name) is not (>= 0 and int place) ? null : Of(() =>
    {
        FeatureDefinition feature = schema.Features[place];
        return new FormulaInput(name, feature.Kind == FeatureKind.Categorical ? FormulaInputKind.Category : FormulaInputKind.Feature, feature.Meaning, feature.Levels,
            snapshot => Array.ConvertAll(snapshot.Features.Column(place).ToArray(), value => (double)value));
    }, name);

    /// <summary>A count of days or purchases: as a feature where the version has it, for single precision holds counts exactly.</summary>
    internal InputFormula Count(string feature, string meaning, Func<Snapshot, double[]> read) => Feature(feature) ?? Number(feature, meaning, read);

    /// <summary>A number that no feature holds in full precision.</summary>
    internal InputFormula Number(string name, string meaning, Func<Snapshot, double[]> read) => Of(() => new FormulaInput(name, FormulaInputKind.Number, meaning, [], read), name);

    /// <summary>Repeat purchase days.</summary>
    internal InputFormula X => Count("x", "Repeat purchase days.", snapshot => snapshot.Aggregates.X.ToArray());

    /// <summary>Days from the first to the last purchase.</summary>
    internal InputFormula Tx => Count("t_x", "Days from the first to the last purchase.", snapshot => snapshot.Aggregates.Tx.ToArray());

    /// <summary>Days from the first purchase to the last day observed.</summary>
    internal InputFormula Age => Count("T", "Days from the first purchase to the last day observed.", snapshot => snapshot.Aggregates.T.ToArray());

    /// <summary>Money so far.</summary>
    internal InputFormula TotalSpend => Number("total_spend", "Spend so far, after the version's policy of returns.", snapshot => snapshot.Aggregates.TotalSpend.ToArray());

    /// <summary>A number that depends on the day as of which is answered; a constant where it is the same every day.</summary>
    internal Formula ByDay(Func<DateOnly, double> of)
    {
        DateOnly first = cutoff.AddDays(-DaysBefore);
        double[] values = [.. Enumerable.Range(0, DaysBefore + DaysAfter).Select(day => of(first.AddDays(day)))];
        if (Array.TrueForAll(values, value => value == values[0]))
            return values[0];
        Of(() => new FormulaInput(SnapshotNames.Cutoff, FormulaInputKind.Day, $"The day as of which is answered, {first:yyyy-MM-dd} to {first.AddDays(values.Length - 1):yyyy-MM-dd}; answers are NaN outside.", [],
            snapshot => [.. Enumerable.Repeat((double)snapshot.Window.Cutoff.DayNumber, snapshot.Count)]), SnapshotNames.Cutoff);
        return new DayFormula(first, values);
    }

    private InputFormula Of(Func<FormulaInput> make, string name) => _byName.TryGetValue(name, out InputFormula? known) ? known : _byName[name] = new InputFormula(make());
}
