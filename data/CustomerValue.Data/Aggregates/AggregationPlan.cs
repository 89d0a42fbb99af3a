using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>A catalogue made ready for one log and one window: day offsets instead of dates, codes instead of names.</summary>
internal sealed class AggregationPlan
{
    private readonly int[] _months;

    public AggregationPlan(AggregateCatalogue catalogue, TransactionLog log, ObservationWindow window)
    {
        FirstDayNumber = log.FirstDay.DayNumber;
        Origin = window.Origin.DayNumber - FirstDayNumber;
        Cutoff = window.Cutoff.DayNumber - FirstDayNumber;
        ChannelLevels = Levels(log.ChannelNames, catalogue.Channels);
        CategoryLevels = Levels(log.CategoryNames, catalogue.Categories);
        ChannelLevelCount = catalogue.Channels.Count;
        CategoryLevelCount = catalogue.Categories.Count;
        _months = new int[log.LastDay.DayNumber - FirstDayNumber + 1];
        Layout = catalogue.Layout;
        Windows = Array.ConvertAll(Layout.Windows, entry => (Math.Max(Origin, Cutoff - entry.FromDays), Cutoff - entry.ToDays));
    }

    /// <summary>Day number of the log's first day.</summary>
    public int FirstDayNumber { get; }

    /// <summary>Origin in days since the log's first day; may be negative.</summary>
    public int Origin { get; }

    /// <summary>Cutoff in days since the log's first day; may lie beyond its last.</summary>
    public int Cutoff { get; }

    /// <summary>Half-open ranges of days since the log's first day.</summary>
    public (int From, int To)[] Windows { get; }

    /// <summary>What does not depend on log and window.</summary>
    public AggregateLayout Layout { get; }

    /// <summary>The catalogue's level of each channel code of the log, or -1.</summary>
    public int[] ChannelLevels { get; }

    /// <summary>The catalogue's level of each category code of the log, or -1.</summary>
    public int[] CategoryLevels { get; }

    public int ChannelLevelCount { get; }

    public int CategoryLevelCount { get; }

    /// <summary>Running number of the month of a day, given in days since the log's first day.</summary>
    public int MonthOf(int day)
    {
        // 0 is not known yet; threads that find it out at the same time write the same number.
        int month = _months[day];
        if (month == 0)
        {
            DateOnly date = DateOnly.FromDayNumber(FirstDayNumber + day);
            _months[day] = month = date.Year * 12 + date.Month;
        }
        return month;
    }

    private static int[] Levels(NameTable names, IReadOnlyList<string> levels)
    {
        int[] levelOfCode = new int[names.Count];
        Array.Fill(levelOfCode, -1);
        for (int level = 0; level < levels.Count; level++)
            if (names.Find(levels[level]) is >= 0 and int code)
                levelOfCode[code] = level;
        return levelOfCode;
    }
}
