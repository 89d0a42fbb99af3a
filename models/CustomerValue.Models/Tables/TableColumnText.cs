using System.Globalization;
using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Tables;

/// <summary>Turns the text of a column into a feature.</summary>
public static class TableColumnText
{
    /// <summary>Share of numbers among the values there are from which a column is numeric.</summary>
    private const double NumericShare = 0.9;

    /// <summary>Share of distinct texts above which a column of text names its rows and tells nothing about others.</summary>
    private const double IdentifierShare = 0.5;
    private const int FewestIdentifiers = 20;

    private static readonly HashSet<string> s_blank = new(["", "NA", "N/A", "NULL", "NaN"], StringComparer.OrdinalIgnoreCase);

    internal static bool IsMissing(string text) => s_blank.Contains(text);

    internal static bool TryNumber(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    /// <summary>The features of a table: every column but some, and but those that name the rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="left">Places of the columns that are no features.</param>
    /// <param name="findings">Doubts go here.</param>
    public static IReadOnlyList<FeatureColumn> Features(TextTable table, IReadOnlySet<int> left, List<Finding> findings) =>
        [.. Enumerable.Range(0, table.Names.Count).Where(column => !left.Contains(column))
            .Select(column => Recognise(table.Names[column], table.Columns[column], findings)).OfType<FeatureColumn>()];

    /// <summary>The feature that a column's values suggest, or null where they name the rows; doubts go to <paramref name="findings"/>.</summary>
    private static FeatureColumn? Recognise(string name, IReadOnlyList<string> texts, List<Finding> findings)
    {
        int present = texts.Count(text => !IsMissing(text)), numbers = texts.Count(text => !IsMissing(text) && TryNumber(text, out _));
        if (numbers >= NumericShare * present)
            return Numeric(name, texts, findings);
        int distinct = texts.Where(text => !IsMissing(text)).Distinct(StringComparer.Ordinal).Count();
        if (distinct >= FewestIdentifiers && distinct > IdentifierShare * present)
        {
            findings.Add(new("identifier-column", Severity.Warning,
                FormattableString.Invariant($"Column '{name}' has {distinct} different texts in {present} rows, so it names rows and predicts nothing; it was left out."),
                $"Say --ignore {name}, or replace it by a column that groups its values."));
            return null;
        }
        return FeatureColumn.Categorical(name, [.. texts.Select(text => IsMissing(text) ? null : text)]);
    }

    /// <summary>The feature that a model expects.</summary>
    public static FeatureColumn As(ModelFeature feature, IReadOnlyList<string> texts, List<Finding> findings)
    {
        if (feature.Kind == ColumnKind.Numeric)
            return Numeric(feature.Name, texts, findings);
        Dictionary<string, float> codes = new(StringComparer.Ordinal);
        for (int code = 0; code < feature.Levels.Count; code++)
            codes[feature.Levels[code]] = code;
        string[] unknown = [.. texts.Where(text => !IsMissing(text) && !codes.ContainsKey(text))];
        if (unknown.Length > 0)
            findings.Add(new("unknown-level", Severity.Warning,
                FormattableString.Invariant($"Column '{feature.Name}' has {unknown.Length} values that training did not know, such as '{unknown[0]}'; they count as missing."),
                "Train again once they are frequent."));
        return FeatureColumn.Categorical(feature.Name, texts.Select(text => IsMissing(text) ? float.NaN : codes.GetValueOrDefault(text, float.NaN)).ToArray(), feature.Levels);
    }

    private static FeatureColumn Numeric(string name, IReadOnlyList<string> texts, List<Finding> findings)
    {
        float[] values = new float[texts.Count];
        int odd = 0;
        string example = "";
        for (int row = 0; row < values.Length; row++)
        {
            if (!IsMissing(texts[row]) && TryNumber(texts[row], out values[row]))
                continue;
            values[row] = float.NaN;
            if (!IsMissing(texts[row]) && odd++ == 0)
                example = texts[row];
        }
        if (odd > 0)
            findings.Add(new("text-among-numbers", Severity.Warning,
                FormattableString.Invariant($"Column '{name}' is numeric and has {odd} values that are no finite numbers, such as '{example}'; they count as missing."),
                "Mend them, or leave the fields blank."));
        return FeatureColumn.Numeric(name, values);
    }
}
