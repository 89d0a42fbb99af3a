using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Attributes;

/// <summary>Finds out what the texts of an attribute are, and turns them into numbers.</summary>
internal static class AttributeEncoder
{
    /// <summary>Understands a column by its values; null, with a finding, where it is of no use.</summary>
    public static AttributeColumn? Recognise(string name, IReadOnlyList<string> texts, AttributeReadOptions options, List<Finding> findings)
    {
        bool numeric = true, date = true;
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        int known = 0;
        foreach (string text in texts)
        {
            if (AttributeWords.IsMissing(text))
                continue;
            known++;
            numeric = numeric && AttributeWords.TryNumber(text, out _);
            date = date && AttributeWords.TryDay(text, options.DateFormats, out _);
            counts[text.Trim()] = counts.GetValueOrDefault(text.Trim()) + 1;
        }
        if (known == 0)
        {
            findings.Add(new Finding("empty-attribute", Severity.Information, $"The attribute {name} has no value at all; it is left out.", "Nothing, or remove the column."));
            return null;
        }
        if (numeric || date)
            return new AttributeColumn(name, numeric ? AttributeKind.Numeric : AttributeKind.Date, []);

        KeyValuePair<string, int>[] kept = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(options.MaxLevels)];
        int covered = kept.Sum(pair => pair.Value);
        if (2 * covered < known)
        {
            findings.Add(new Finding("free-text-attribute", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"The attribute {name} has {counts.Count} different values; the {options.MaxLevels} most frequent are fewer than half of the rows. It is left out."),
                "Nothing, if it is a name or an address; otherwise group its values."));
            return null;
        }
        if (covered < known)
            findings.Add(new Finding("rare-levels", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"The attribute {name} has {counts.Count} different values; the {options.MaxLevels} most frequent are kept, the others ({known - covered} rows) are taken as missing."),
                "Nothing, or group its values."));
        return new AttributeColumn(name, AttributeKind.Categorical, [.. kept.Select(pair => pair.Key).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Numbers of a column; what cannot be understood is missing, counted in a finding where findings are wanted.</summary>
    public static double[] Encode(AttributeColumn column, IReadOnlyList<string> texts, IReadOnlyList<string> dateFormats, List<Finding>? findings)
    {
        Dictionary<string, int> levels = new(StringComparer.Ordinal);
        for (int level = 0; level < column.Levels.Count; level++)
            levels.Add(column.Levels[level], level);
        double[] values = new double[texts.Count];
        int strange = 0;
        string? example = null;
        for (int row = 0; row < values.Length; row++)
        {
            string text = texts[row].Trim();
            values[row] = double.NaN;
            if (AttributeWords.IsMissing(text))
                continue;
            bool understood = column.Kind switch
            {
                AttributeKind.Numeric => AttributeWords.TryNumber(text, out values[row]),
                AttributeKind.Date => AttributeWords.TryDay(text, dateFormats, out values[row]),
                _ => levels.TryGetValue(text, out int level) && (values[row] = level) >= 0,
            };
            if (understood)
                continue;
            values[row] = double.NaN;
            strange++;
            example ??= text;
        }
        if (strange > 0)
            findings?.Add(new Finding("unknown-attribute-value", Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{strange} value(s) of the attribute {column.Name} are not understood, for example '{example}'; they are taken as missing."),
                column.Kind == AttributeKind.Categorical ? "Train again on data that hold the new names." : $"Expected is {(column.Kind == AttributeKind.Numeric ? "a number like 12.5" : "a date like 2024-02-28")}; mend the values."));
        return values;
    }
}
