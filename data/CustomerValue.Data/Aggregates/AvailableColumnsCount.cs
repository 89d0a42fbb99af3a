using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Counts channels and categories of a log that is looked at in parts of its customers, to choose those that are worth telling apart.</summary>
/// <param name="before">Only rows before this day choose, so that the future chooses none; all rows where null.</param>
public sealed class AvailableColumnsCount(DateOnly? before)
{
    private readonly Dictionary<string, long> _channels = new(StringComparer.Ordinal), _categories = new(StringComparer.Ordinal);

    /// <summary>Optional columns and names met so far.</summary>
    public AvailableColumns Columns { get; private set; } = AvailableColumns.None;

    /// <summary>Looks at a part.</summary>
    public void Add(TransactionLog log)
    {
        int end = before is { } day ? day.DayNumber - log.FirstDay.DayNumber : int.MaxValue;
        long[] channels = new long[log.ChannelNames.Count], categories = new long[log.CategoryNames.Count];
        ReadOnlySpan<ushort> days = log.Days;
        ReadOnlySpan<byte> channelCodes = log.Channels;
        ReadOnlySpan<ushort> categoryCodes = log.Categories;
        for (int row = 0; row < channelCodes.Length; row++)
            if (channelCodes[row] != byte.MaxValue && days[row] < end)
                channels[channelCodes[row]]++;
        for (int row = 0; row < categoryCodes.Length; row++)
            if (categoryCodes[row] != ushort.MaxValue && days[row] < end)
                categories[categoryCodes[row]]++;
        Count(log.ChannelNames, channels, _channels);
        Count(log.CategoryNames, categories, _categories);
        Columns = new AvailableColumns
        {
            Orders = Columns.Orders || !log.Orders.IsEmpty,
            Quantities = Columns.Quantities || !log.Quantities.IsEmpty,
            Products = Columns.Products || !log.Products.IsEmpty,
            Discounts = Columns.Discounts || !log.Discounts.IsEmpty,
            Margins = Columns.Margins || !log.Margins.IsEmpty,
            Channels = MostFrequent(_channels, AvailableColumns.MaxChannelLevels),
            Categories = MostFrequent(_categories, AvailableColumns.MaxCategoryLevels),
        };
    }

    private static void Count(NameTable names, long[] rows, Dictionary<string, long> counts)
    {
        for (int code = 0; code < rows.Length; code++)
            if (rows[code] > 0)
                counts[names[code]] = counts.GetValueOrDefault(names[code]) + rows[code];
    }

    private static string[] MostFrequent(Dictionary<string, long> counts, int most) =>
        [.. counts.OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal).Take(most).Select(name => name.Key).Order(StringComparer.Ordinal)];
}
