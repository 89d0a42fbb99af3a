using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Tables;

/// <summary>Turns the text of the label into numbers, and says what they are good for.</summary>
public static class LabelText
{
    private const string TwoClasses = "yes or no, true or false, 1 or 0";

    private static readonly Dictionary<string, float> s_classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["yes"] = 1,
        ["no"] = 0,
        ["true"] = 1,
        ["false"] = 0,
        ["1"] = 1,
        ["0"] = 0,
        ["y"] = 1,
        ["n"] = 0,
        ["1.0"] = 1,
        ["0.0"] = 0,
    };

    /// <summary>The objective that the labels suggest: logistic for two classes, squared error for other numbers.</summary>
    public static Objective Suggest(TextTable table, int column)
    {
        string[] labels = [.. table.Columns[column].Where(text => !TableColumnText.IsMissing(text)).Distinct(StringComparer.Ordinal)];
        return labels.All(s_classes.ContainsKey) || labels.Any(text => !TableColumnText.TryNumber(text, out _)) ? Objectives.Logistic : Objectives.SquaredError;
    }

    /// <summary>One label a row within the objective's domain.</summary>
    /// <exception cref="BadDataException">A label is missing, no number, or outside the domain; or all are equal.</exception>
    public static float[] Read(TextTable table, int column, Objective objective)
    {
        bool classes = objective == Objectives.Logistic;
        float[] labels = new float[table.RowCount];
        for (int row = 0; row < labels.Length; row++)
        {
            string text = table.Columns[column][row];
            if (TableColumnText.IsMissing(text))
                throw new BadDataException($"{table.Place(row, column)}: found no label, expected {Expected(objective)}; fill it in or remove the row.");
            bool known = classes ? s_classes.TryGetValue(text, out labels[row]) : TableColumnText.TryNumber(text, out labels[row]) && objective.Accepts(labels[row]);
            if (!known)
                throw new BadDataException($"{table.Place(row, column)}: found the label '{text}', expected {Expected(objective)}, as objective '{objective.Name}' needs it; mend the label or choose another --objective.");
        }
        return labels.AsSpan().ContainsAnyExcept(labels[0]) ? labels
            : throw new BadDataException($"{table.Path}, column '{table.Names[column]}': found the label '{table.Columns[column][0]}' in every row, expected {(classes ? "both classes" : "different labels")}; there is nothing to learn from. Give rows of {(classes ? "both outcomes" : "different outcomes")}.");
    }

    private static string Expected(Objective objective) => objective == Objectives.Logistic ? TwoClasses
        : objective == Objectives.SquaredError ? "a finite number" : $"a number, {objective.LabelDomain}";
}
