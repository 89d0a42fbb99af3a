using System.Globalization;
using System.Text;

namespace CustomerValue.Decisions.Calendars;

/// <summary>One whole-day entry of a calendar.</summary>
/// <param name="Id">Stays the same when the plan is made again, so that calendars replace the entry.</param>
/// <param name="Day">The day.</param>
/// <param name="Title">What is shown in the calendar.</param>
/// <param name="Text">The details.</param>
/// <param name="Category">Of what kind it is.</param>
public sealed record CalendarEntry(string Id, DateOnly Day, string Title, string Text, string Category);

/// <summary>Writes calendars that mail and calendar programs take in.</summary>
/// <remarks>RFC 5545: lines end in CRLF and are folded after at most 75 octets; text escapes backslash, semicolon, comma and line ends.</remarks>
public static class CalendarFile
{
    private const int MostOctets = 75;

    /// <summary>The calendar as text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="made">The day it was made for; the stamp of every entry, so that the same plan is the same file.</param>
    /// <param name="entries">The entries.</param>
    public static string Write(string name, DateOnly made, IEnumerable<CalendarEntry> entries)
    {
        StringBuilder text = new();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//customer-value//contact plan//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line("X-WR-CALNAME:" + Escaped(name));
        foreach (CalendarEntry entry in entries)
        {
            Line("BEGIN:VEVENT");
            Line("UID:" + Escaped(entry.Id));
            Line("DTSTAMP:" + Day(made) + "T000000Z");
            Line("DTSTART;VALUE=DATE:" + Day(entry.Day));
            Line("DTEND;VALUE=DATE:" + Day(entry.Day.AddDays(1)));
            Line("SUMMARY:" + Escaped(entry.Title));
            Line("DESCRIPTION:" + Escaped(entry.Text));
            Line("CATEGORIES:" + Escaped(entry.Category));
            Line("TRANSP:TRANSPARENT");
            Line("END:VEVENT");
        }
        Line("END:VCALENDAR");
        return text.ToString();

        void Line(string line)
        {
            int octets = 0;
            foreach (Rune rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MostOctets)
                {
                    text.Append("\r\n ");
                    octets = 1;
                }
                text.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => string.Concat(text.Replace("\r\n", "\n", StringComparison.Ordinal).Where(c => c is '\n' or '\t' || !char.IsControl(c)))
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
