using System.Globalization;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Customers;

namespace CustomerValue.Serving.Pages.Segments;

/// <summary>One line of the builder: a column, what is asked of it, and a value.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Asks">One of <see cref="Comparisons"/>.</param>
/// <param name="Value">A number or one of the column's words.</param>
internal sealed record SegmentFilter(string Column, string Asks, string Value)
{
    /// <summary>What can be asked.</summary>
    public static IReadOnlyList<string> Comparisons { get; } = [">=", "<=", "=", "!="];

    /// <summary>Columns that can be filtered by.</summary>
    public static IReadOnlyList<ExpressionColumn> Columns { get; } = [.. DecisionCustomers.ScoredColumns.Where(column => column.Name != "customer_id")];

    /// <summary>The line as part of a condition; null where it is not filled in or makes no sense.</summary>
    public string? Condition
    {
        get
        {
            if (Columns.FirstOrDefault(known => known.Name == Column) is not { } column || Value.Length == 0 || !Comparisons.Contains(Asks))
                return null;
            if (column.Kind == ExpressionKind.Text)
                return Asks is "=" or "!=" ? $"{Column} {Asks} '{Value.Replace("'", "''", StringComparison.Ordinal)}'" : null;
            return double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? $"{Column} {Asks} {number.ToString("0.############", CultureInfo.InvariantCulture)}" : null;
        }
    }

    /// <summary>Lines together.</summary>
    /// <param name="filters">The lines.</param>
    /// <param name="any">Whether one of them is enough.</param>
    public static string Together(IEnumerable<SegmentFilter> filters, bool any) => string.Join(any ? " or " : " and ", filters.Select(filter => filter.Condition).OfType<string>());
}
