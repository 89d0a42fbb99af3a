using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>A catalogue made ready for one log and one window: day offsets instead of dates, codes instead of names.</summary>
internal sealed class AggregationPlan
{
    public AggregationPlan(AggregateCatalogue catalogue, TransactionLog log, ObservationWindow window)
    {
        FirstDayNumber = log.FirstDay.DayNumber;
        Origin = window.Origin.DayNumber - FirstDayNumber;
        Cutoff = window.Cutoff.DayNumber - FirstDayNumber;
        SlotCount = AggregateSlots.CountFor(catalogue.Channels.Count);
        ChannelLevels = Levels(log.ChannelNames, catalogue.Channels);
        CategoryLevels = Levels(log.CategoryNames, catalogue.Categories);
        ChannelLevelCount = catalogue.Channels.Count;
        CategoryLevelCount = catalogue.Categories.Count;
        MonthOfDay = Months(log);

        List<DayWindow> windows = [];
        List<WindowParts> parts = [];
        Sources = new int[catalogue.Count];
        for (int i = 0; i < catalogue.Count; i++)
        {
            AggregateDefinition definition = catalogue.Definitions[i];
            int at = windows.IndexOf(definition.Window);
            if (at < 0)
            {
                at = windows.Count;
                windows.Add(definition.Window);
                parts.Add(WindowParts.None);
            }
            AggregateSlots.TryFind(definition.Kind, definition.Column, out int slot, out WindowParts needed);
            parts[at] |= needed;
            Sources[i] = at * SlotCount + slot + catalogue.LevelOf(definition);
        }
        Windows = [.. windows.Select(entry => (Math.Max(Origin, Cutoff - entry.FromDays), Cutoff - entry.ToDays))];
        Parts = [.. parts];
    }

    /// <summary>Day number of the log's first day.</summary>
    public int FirstDayNumber { get; }

    /// <summary>Origin in days since the log's first day; may be negative.</summary>
    public int Origin { get; }

    /// <summary>Cutoff in days since the log's first day; may lie beyond its last.</summary>
    public int Cutoff { get; }

    /// <summary>Half-open ranges of days since the log's first day.</summary>
    public (int From, int To)[] Windows { get; }

    /// <summary>What is gathered within each window.</summary>
    public WindowParts[] Parts { get; }

    /// <summary>Numbers gathered for one window.</summary>
    public int SlotCount { get; }

    /// <summary>For each aggregate, its place among the numbers gathered for all windows.</summary>
    public int[] Sources { get; }

    /// <summary>The catalogue's level of each channel code of the log, or -1.</summary>
    public int[] ChannelLevels { get; }

    /// <summary>The catalogue's level of each category code of the log, or -1.</summary>
    public int[] CategoryLevels { get; }

    public int ChannelLevelCount { get; }

    public int CategoryLevelCount { get; }

    /// <summary>Running number of the month of each day since the log's first day.</summary>
    public int[] MonthOfDay { get; }

    private static int[] Levels(NameTable names, IReadOnlyList<string> levels)
    {
        int[] levelOfCode = new int[names.Count];
        Array.Fill(levelOfCode, -1);
        for (int level = 0; level < levels.Count; level++)
            if (names.Find(levels[level]) is >= 0 and int code)
                levelOfCode[code] = level;
        return levelOfCode;
    }

    private static int[] Months(TransactionLog log)
    {
        int[] months = new int[log.LastDay.DayNumber - log.FirstDay.DayNumber + 1];
        for (int offset = 0; offset < months.Length; offset++)
        {
            DateOnly day = log.FirstDay.AddDays(offset);
            months[offset] = day.Year * 12 + day.Month;
        }
        return months;
    }
}
