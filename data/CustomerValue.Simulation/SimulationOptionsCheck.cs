using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace CustomerValue.Simulation;

/// <summary>Finds all violations of the options at once.</summary>
internal static class SimulationOptionsCheck
{
    private static readonly DateOnly s_firstStart = new(1900, 1, 1);
    private static readonly DateOnly s_lastStart = new(2200, 1, 1);

    public static List<string> Violations(SimulationOptions options)
    {
        List<string> found = [];
        AddRanges(found, "", options);
        if (options.Start < s_firstStart || options.Start > s_lastStart)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"Start is {options.Start:yyyy-MM-dd}; expected 1900-01-01 to 2200-01-01."));
        if (options.AcquisitionDays is { } days && (days < 1 || days > options.Days))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"AcquisitionDays is {days}; expected 1 to Days ({options.Days}), or nothing for all days."));
        if (options.CampaignEffectDays > options.CampaignEveryDays)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"CampaignEffectDays is {options.CampaignEffectDays}; expected at most CampaignEveryDays ({options.CampaignEveryDays}), so that effects do not overlap."));
        AddUndefined(found, nameof(options.Dropout), options.Dropout);
        AddUndefined(found, nameof(options.Columns), options.Columns);
        if (options.Files == SimulationFiles.None || (options.Files & ~SimulationFiles.All) != 0)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"Files is {(int)options.Files}; expected at least one of {SimulationFiles.All:F}."));
        AddSegments(found, options.Segments);
        return found;
    }

    /// <summary>Throws with all violations in one message.</summary>
    public static void ThrowIfInvalid(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> found = Violations(options);
        if (found.Count > 0)
            throw new ArgumentException("The simulation options are not valid: " + string.Join(" ", found), nameof(options));
    }

    private static void AddSegments(List<string> found, IReadOnlyList<SimulationSegment>? segments)
    {
        if (segments is null || segments.Count is 0 or > 50)
        {
            found.Add(string.Create(CultureInfo.InvariantCulture, $"Segments has {segments?.Count ?? 0} entries; expected 1 to 50."));
            return;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < segments.Count; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"Segments[{i}].");
            string? name = segments[i].Name;
            if (string.IsNullOrWhiteSpace(name) || name.Length > 40 || name.AsSpan().IndexOfAny(",\"\r\n") >= 0)
                found.Add($"{place}Name is '{name}'; expected a name of at most 40 characters without comma, quote or line end.");
            else if (!names.Add(name))
                found.Add($"{place}Name is '{name}' again; expected each name once.");
            AddRanges(found, place, segments[i]);
        }
    }

    private static void AddUndefined<T>(List<string> found, string name, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            found.Add($"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static void AddRanges(List<string> found, string place, object options)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
                continue;
            double value = Convert.ToDouble(property.GetValue(options), CultureInfo.InvariantCulture);
            double low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            double high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
            if (!(value >= low && value <= high))
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{place}{property.Name} is {value}; expected {low} to {high}."));
        }
    }
}
