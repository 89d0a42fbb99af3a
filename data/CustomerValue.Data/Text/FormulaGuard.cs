using System.Globalization;

namespace CustomerValue.Data.Text;

/// <summary>Keeps a spreadsheet from running a customer's text as a formula: an apostrophe is put before text that it would take for one.</summary>
/// <remarks>
/// Formulas begin with =, +, -, @, a tab or a carriage return (OWASP, "CSV Injection"). Numbers, and a sign alone, are left as they are. The guard can be taken
/// off again, as text that already looks guarded is guarded once more.
/// </remarks>
public static class FormulaGuard
{
    private const string Formula = "=+-@\t\r";

    /// <summary>The text as a spreadsheet may have it.</summary>
    public static string Add(string text) => IsFormula(text.AsSpan().TrimStart('\'')) ? "'" + text : text;

    /// <summary>The text that was guarded.</summary>
    public static string Remove(string text) => text.StartsWith('\'') && IsFormula(text.AsSpan().TrimStart('\'')) ? text[1..] : text;

    private static bool IsFormula(ReadOnlySpan<char> text) => text.Length > 1 && Formula.Contains(text[0], StringComparison.Ordinal)
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
