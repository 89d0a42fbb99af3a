namespace CustomerValue.Boosting;

/// <summary>Says which values cannot be learnt from.</summary>
internal static class ValueCheck
{
    /// <summary>The problems of a table's columns: infinite values.</summary>
    /// <param name="data">The columns.</param>
    /// <param name="table">What the table is called in messages.</param>
    public static IReadOnlyList<string> Infinite(BoostingData data, string table)
    {
        List<string> problems = [];
        foreach (FeatureColumn column in data.Columns)
            if (column.Values.Span.ContainsAny(float.PositiveInfinity, float.NegativeInfinity))
                Report(column.Values.Span, float.IsInfinity, $"{table} values of '{column.Name}'", "finite numbers, or NaN where missing", problems);
        return problems;
    }

    /// <summary>Adds one problem where any value is bad: how many, the first, and what was expected.</summary>
    public static void Report<T>(ReadOnlySpan<T> values, Predicate<T> bad, string what, string expected, List<string> problems)
    {
        int count = 0, first = -1;
        for (int row = 0; row < values.Length; row++)
            if (bad(values[row]) && count++ == 0)
                first = row;
        if (count > 0)
            problems.Add(FormattableString.Invariant($"{count} {what} are not usable, the first in row {first}: found {values[first]}, expected {expected}."));
    }
}
