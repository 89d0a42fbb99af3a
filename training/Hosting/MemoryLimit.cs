using System.Globalization;

namespace CustomerValue.Training.Hosting;

/// <summary>Keeps the process within an amount of memory.</summary>
internal static class MemoryLimit
{
    /// <summary>Less than this does not hold the program itself.</summary>
    private const long Least = 256L << 20;

    /// <summary>Share of the memory that objects may take; the rest is for code, buffers of libraries and bins of boosters.</summary>
    private const double ShareOfObjects = 0.85;

    /// <summary>Share of the objects that a log and what is made of it may take; the rest is what the collector has not yet given up.</summary>
    private const double ShareOfLog = 0.72;

    private static readonly (string Unit, int Shift)[] s_units = [("GB", 30), ("MB", 20)];

    /// <summary>Bytes of a size such as <c>4GB</c> or <c>1500MB</c>, in powers of 1024.</summary>
    /// <exception cref="FormatException">The text is no such size; the message says what was expected.</exception>
    public static long Parse(string text)
    {
        foreach ((string unit, int shift) in s_units)
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase) && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && number * (1L << shift) is >= Least and <= long.MaxValue / 2 and var bytes)
                return (long)bytes;
        throw new FormatException("a size of at least 256MB, such as 4GB or 1500MB");
    }

    /// <summary>Of so many bytes of memory, those that a log and what is made of it may take.</summary>
    public static long BytesOfLog(long bytes) => (long)(bytes * ShareOfObjects * ShareOfLog);

    /// <summary>All bytes that there are for objects where a log and what is made of it may take so many.</summary>
    public static long AllBytes(long ofLog) => (long)(ofLog / ShareOfLog);

    /// <summary>Has the garbage collector keep this process within so many bytes from now on.</summary>
    public static void Apply(long bytes)
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)(bytes * ShareOfObjects));
        GC.RefreshMemoryLimit();
    }
}
