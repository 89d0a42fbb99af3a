using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Decisions.Planning;

/// <summary>The days on which people work, from a first day on: Monday to Friday, less holidays, with weekend days that are worked in exchange.</summary>
public sealed class WorkCalendar
{
    private readonly Dictionary<DateOnly, bool> _exceptions;

    /// <summary>A calendar.</summary>
    /// <param name="first">First day.</param>
    /// <param name="days">Days in all.</param>
    /// <param name="exceptions">Whether a day is worked, where it is not as the weekday says.</param>
    public WorkCalendar(DateOnly first, int days, IReadOnlyDictionary<DateOnly, bool>? exceptions = null)
    {
        _exceptions = new Dictionary<DateOnly, bool>(exceptions ?? new Dictionary<DateOnly, bool>());
        First = first;
        End = first.AddDays(days);
        WorkingDays = [.. Enumerable.Range(0, days).Select(first.AddDays).Where(IsWorked)];
    }

    /// <summary>First day.</summary>
    public DateOnly First { get; }

    /// <summary>First day after it.</summary>
    public DateOnly End { get; }

    /// <summary>The working days, in order.</summary>
    public IReadOnlyList<DateOnly> WorkingDays { get; }

    /// <summary>Index of the first working day on or after a day; their number where there is none.</summary>
    public int IndexFrom(DateOnly day)
    {
        int low = 0, high = WorkingDays.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = WorkingDays[middle] < day ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>Reads a file of holidays: <c>date</c>, and if wanted <c>name</c> and <c>working</c> (yes for a weekend day that is worked).</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">First day of the plan.</param>
    /// <param name="days">Days of the plan.</param>
    /// <param name="findings">Takes doubts: a year of the plan without a holiday.</param>
    /// <exception cref="BadDataException">The file cannot be used, or knows no day of the plan's first year.</exception>
    public static WorkCalendar Read(string path, DateOnly first, int days, List<Finding> findings)
    {
        Dictionary<DateOnly, bool> exceptions = [];
        using InputRows rows = new(path);
        int date = rows.Require("date", "day", "holiday"), working = rows.Find("working");
        while (rows.Next())
            exceptions[rows.Day(date)] = rows.Text(working).ToLowerInvariant() switch
            {
                "" or "no" => false,
                "yes" => true,
                _ => throw rows.Bad(working, "yes, no or nothing", "correct it"),
            };
        int[] years = [.. exceptions.Keys.Select(day => day.Year).Distinct().Order()];
        if (!years.Contains(first.Year))
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture, $"{path}: found holidays of {(years.Length == 0 ? "no year" : string.Join(", ", years))}, expected some of {first.Year}, the year of the plan; give the file of that year."));
        for (int year = first.Year + 1; year <= first.AddDays(days - 1).Year; year++)
            if (!years.Contains(year))
                findings.Add(new Finding("year-without-holidays", Severity.Warning, string.Create(CultureInfo.InvariantCulture, $"The plan reaches into {year}, of which {Path.GetFileName(path)} knows no holiday, so that contacts may fall on one."), "Add that year's holidays to the file."));
        return new WorkCalendar(first, days, exceptions);
    }

    private bool IsWorked(DateOnly day) => _exceptions.TryGetValue(day, out bool worked) ? worked : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
