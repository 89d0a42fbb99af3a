using System.Globalization;

namespace CustomerValue.Training.Terminal;

/// <summary>Numbers as people read them, always in the invariant culture.</summary>
internal static class Figures
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>12,345.</summary>
    public static string Count(long value) => value.ToString("N0", s_culture);

    /// <summary>A mean count or a share with as many decimals as asked; a dash where there is no figure.</summary>
    public static string Number(double value, int decimals) => double.IsFinite(value) ? value.ToString("N" + decimals, s_culture) : "-";

    /// <summary>Money: four significant digits at least, whole units from 1,000 on.</summary>
    public static string Money(double value) => Number(value, Math.Abs(value) >= 1000 ? 0 : 2);

    /// <summary>+3.1 % or -12.0 %.</summary>
    public static string SignedPercent(double share) => double.IsFinite(share) ? (100 * share).ToString("+0.0;-0.0;0.0", s_culture) + " %" : "-";

    /// <summary>12.3 %.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? (100 * share).ToString("0.0", s_culture) + " %" : "-";

    /// <summary>2024-02-28.</summary>
    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", s_culture) ?? "-";

    /// <summary>85 ms, 1.2 s or 3 min 20 s.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => string.Create(s_culture, $"{time.TotalMilliseconds:0} ms"),
        < 60 => string.Create(s_culture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(s_culture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };

    /// <summary>1.4 MB.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(s_culture, $"{bytes} B"),
        < 1_000_000 => string.Create(s_culture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(s_culture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(s_culture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>A long name cut in its middle, so that tables hold it in 80 columns; its start and end stay.</summary>
    public static string Short(string name, int longest = 28) =>
        name.Length <= longest ? name : $"{name[..(longest / 2)]}…{name[^(longest - longest / 2 - 1)..]}";
}
