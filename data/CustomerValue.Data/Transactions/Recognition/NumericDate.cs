using System.Buffers.Text;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Moments counted from 1970-01-01 UTC in seconds or a part of them.</summary>
internal sealed class EpochDate(string unit, long unitsASecond, TimeZoneInfo? zone) : DateReading
{
    /// <summary>The counts that stand for 2001-09-09 to 2100: what is smaller or larger is no moment in this unit.</summary>
    private const long FirstSecond = 1_000_000_000, LastSecond = 4_102_444_800;

    public override string Name => $"{unit} since 1970";

    public override string Option => $"epoch-{unit}";

    public override string Example => (1_709_125_200 * unitsASecond).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        if (!Utf8Parser.TryParse(text, out double count, out int used) || used != text.Length)
            return false;
        double seconds = count / unitsASecond;
        if (seconds is not (>= FirstSecond and < LastSecond))
            return false;
        DateTime moment = DateTime.UnixEpoch.AddTicks((long)Math.Floor(seconds) * TimeSpan.TicksPerSecond);
        dayNumber = DateOnly.FromDateTime(zone is null ? moment : TimeZoneInfo.ConvertTimeFromUtc(moment, zone)).DayNumber;
        return true;
    }
}

/// <summary>Serial numbers of a spreadsheet: days since 1899-12-30, or since 1904-01-01 in files of old Macintosh workbooks; the fraction is the time.</summary>
internal sealed class SerialDate(bool from1904) : DateReading
{
    /// <summary>Serial numbers that stand for 1954 to 2119.</summary>
    private const double First = 20_000, Last = 80_000;

    private static readonly int s_start1900 = new DateOnly(1899, 12, 30).DayNumber, s_start1904 = new DateOnly(1904, 1, 1).DayNumber;

    public override string Name => from1904 ? "days since 1904 (spreadsheet)" : "days since 1900 (spreadsheet)";

    public override string Option => from1904 ? "excel-1904" : "excel-1900";

    public override string Example => from1904 ? "43888" : "45350";

    public override bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        if (!NumberText.TryParse(text, (byte)'.', out double serial) && !NumberText.TryParse(text, (byte)',', out serial))
            return false;
        if (serial is not (>= First and < Last))
            return false;
        dayNumber = (from1904 ? s_start1904 : s_start1900) + (int)Math.Floor(serial);
        return true;
    }
}
