using System.Globalization;

namespace CustomerValue.Sources.Databases;

/// <summary>What databases say in different words.</summary>
internal abstract class SqlDialect
{
    /// <summary><see cref="DateOnly.DayNumber"/> of 1970-01-01, from which databases count days.</summary>
    protected static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A name in quotes.</summary>
    public virtual string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table, part by part in quotes.</summary>
    public string Table(string table) => string.Join('.', table.Split('.').Select(Name));

    /// <summary>A text in quotes.</summary>
    public virtual string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A number of double precision.</summary>
    public static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A value as text without the blanks around it.</summary>
    public abstract string Text(string value);

    /// <summary>A whole number from 0 on that goes by a text alone, the same on every connection.</summary>
    public abstract string Hash(string text);

    /// <summary>Rows of days, each once for every past that it lies in, with a column more: <c>cv_to</c>, the past's cutoff.</summary>
    /// <param name="rows">The query of rows, with <c>cv_d</c>.</param>
    /// <param name="pasts">First day and first day after each, as <see cref="DateOnly.DayNumber"/>; no two end alike.</param>
    public abstract string InPasts(string rows, IReadOnlyList<(int Origin, int Cutoff)> pasts);

    /// <summary>A text as it is ordered letter by letter.</summary>
    public virtual string Ordinal(string text) => text;

    /// <summary>A value as a number of double precision.</summary>
    public abstract string Double(string value);

    /// <summary>A value as a log keeps quantities, discounts and margins: in single precision.</summary>
    public abstract string Single(string value);

    /// <summary>The <see cref="DateOnly.DayNumber"/> of a date or moment.</summary>
    public abstract string Day(string date);

    /// <summary>A running number of the month of a date or moment.</summary>
    public abstract string Month(string date);

    /// <summary>What a whole number from 0 on leaves over.</summary>
    public virtual string Modulo(string value, int by) => string.Create(CultureInfo.InvariantCulture, $"{value} % {by}");

    /// <summary>The value on the first day that meets a condition, NaN where it is none; missing where no day does.</summary>
    public abstract string First(string value, string day, string condition);

    /// <summary>The value on the last day that meets a condition, NaN where it is none; missing where no day does.</summary>
    public abstract string Last(string value, string day, string condition);

    /// <summary>Of groups of levels with their money, the level of most money, ties to the earlier one; levels below zero only where there is no other.</summary>
    public abstract string TopLevel(string level, string money);

    /// <summary>Days with two columns more, <c>cv_spend</c> after netting and <c>cv_gap</c> back to the purchase day before (missing for the first, and for days of returns alone).</summary>
    /// <param name="days">The query of days: <c>cv_c</c>, <c>cv_to</c>, <c>cv_d</c>, <c>cv_gross</c>, <c>cv_returned</c>, <c>cv_lines</c> and others.</param>
    /// <param name="others">The other columns, as they are.</param>
    /// <param name="unknown">Those of them that may be missing.</param>
    /// <param name="nets">Whether returns are taken off the purchases before them; otherwise <c>cv_spend</c> is money less returns of the day.</param>
    public abstract string WithSpendAndGap(string days, IReadOnlyList<string> others, IReadOnlyList<string> unknown, bool nets);

    /// <summary>Money that rounding left of equal sums counts as nothing; what differs from all of it by rounding alone is all of it.</summary>
    protected static string WithoutResidue(string spend, string gross) => $"CASE WHEN abs({spend}) <= 1e-9 * {gross} THEN 0 WHEN abs({spend} - {gross}) <= 1e-9 * {gross} THEN {gross} ELSE {spend} END";
}
