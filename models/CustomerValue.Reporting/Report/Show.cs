using System.Globalization;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Report;

/// <summary>Numbers as people read them; a dash where there is none.</summary>
internal static class Show
{
    private const string None = "–";

    public static string Count(double value) => Text(value, "#,0");

    public static string Money(double value) => Text(value, Math.Abs(value) >= 1000 ? "#,0" : "#,0.00");

    public static string Figure(double value) => Text(value, Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.000");

    public static string Number(double value) => Text(value, Math.Abs(value) >= 100 ? "#,0" : "#,0.##");

    public static string Found(double value) => Text(value, "0.###");

    public static string Whole(double share) => Text(100 * share, "0") + " %";

    public static string Percent(double value) => double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0} %") : None;

    public static string SignedPercent(double value) => double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:+0.0;−0.0;0.0} %") : None;

    public static string Signed(double value) => double.IsFinite(value) ? value.ToString("+0.000;−0.000;0", CultureInfo.InvariantCulture) : None;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An estimate with its interval, with the decimals that its size asks for.</summary>
    public static string Between(Interval? interval)
    {
        if (interval is null || !double.IsFinite(interval.Estimate))
            return None;
        if (interval is { Estimate: 0, Low: 0, High: 0 })
            return "0";
        string format = Math.Max(Math.Abs(interval.Low), Math.Abs(interval.High)) >= 10 ? "+0.0;−0.0;0" : "+0.000;−0.000;0";
        return string.Create(CultureInfo.InvariantCulture, $"{interval.Estimate.ToString(format, CultureInfo.InvariantCulture)} ({interval.Low.ToString(format, CultureInfo.InvariantCulture)} to {interval.High.ToString(format, CultureInfo.InvariantCulture)})");
    }

    /// <summary>With as many decimals as asked.</summary>
    public static string Exact(double value, int decimals) => Text(value, "#,0." + new string('0', decimals));

    /// <summary>With as many significant digits as asked.</summary>
    public static string Significant(double value, int digits) => Text(value, "G" + digits.ToString(CultureInfo.InvariantCulture));

    private static string Text(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−') : None;
}
