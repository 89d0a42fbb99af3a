namespace CustomerValue.Data.Aggregates;

/// <summary>What has to be gathered within a window so that its aggregates can be read off.</summary>
[Flags]
internal enum WindowParts
{
    None = 0,
    Days = 1,
    Orders = 1 << 1,
    Quantity = 1 << 2,
    Discount = 1 << 3,
    Margin = 1 << 4,
    Months = 1 << 5,
    Weekdays = 1 << 6,
    Products = 1 << 7,
    Categories = 1 << 8,
    Channels = 1 << 9,
    ChannelCounts = 1 << 10,
    FirstCategory = 1 << 11,
    FirstChannel = 1 << 12,
}

/// <summary>Where each aggregate lies among the numbers gathered for one window.</summary>
internal static class AggregateSlots
{
    public const int PurchaseDays = 0, SpendSum = 1, SpendSquares = 2, SpendMin = 3, SpendMax = 4, RepeatSpend = 5, Gross = 6, Lines = 7, Orders = 8,
        ReturnLines = 9, ReturnSum = 10, Quantity = 11, Discount = 12, Margin = 13, GapCount = 14, GapSum = 15, GapSquares = 16, GapMin = 17, GapMax = 18,
        GapLast = 19, Months = 20, Products = 21, Categories = 22, Channels = 23, FirstDay = 24, LastDay = 25, FirstSpend = 26, LastSpend = 27,
        FirstLines = 28, FirstQuantity = 29, FirstCategory = 30, FirstChannel = 31, Weekdays = 32, ChannelCounts = 39;

    private static readonly Dictionary<(AggregateKind, AggregateColumn), (int Slot, WindowParts Parts)> s_table = new()
    {
        [(AggregateKind.Count, AggregateColumn.Day)] = (PurchaseDays, WindowParts.Days),
        [(AggregateKind.First, AggregateColumn.Day)] = (FirstDay, WindowParts.Days),
        [(AggregateKind.Last, AggregateColumn.Day)] = (LastDay, WindowParts.Days),
        [(AggregateKind.Sum, AggregateColumn.Spend)] = (SpendSum, WindowParts.Days),
        [(AggregateKind.SumOfSquares, AggregateColumn.Spend)] = (SpendSquares, WindowParts.Days),
        [(AggregateKind.Min, AggregateColumn.Spend)] = (SpendMin, WindowParts.Days),
        [(AggregateKind.Max, AggregateColumn.Spend)] = (SpendMax, WindowParts.Days),
        [(AggregateKind.First, AggregateColumn.Spend)] = (FirstSpend, WindowParts.Days),
        [(AggregateKind.Last, AggregateColumn.Spend)] = (LastSpend, WindowParts.Days),
        [(AggregateKind.Sum, AggregateColumn.RepeatSpend)] = (RepeatSpend, WindowParts.Days),
        [(AggregateKind.Sum, AggregateColumn.Gross)] = (Gross, WindowParts.Days),
        [(AggregateKind.Count, AggregateColumn.Line)] = (Lines, WindowParts.Days),
        [(AggregateKind.First, AggregateColumn.Line)] = (FirstLines, WindowParts.Days),
        [(AggregateKind.Count, AggregateColumn.Order)] = (Orders, WindowParts.Orders),
        [(AggregateKind.Count, AggregateColumn.Return)] = (ReturnLines, WindowParts.Days),
        [(AggregateKind.Sum, AggregateColumn.Return)] = (ReturnSum, WindowParts.Days),
        [(AggregateKind.Sum, AggregateColumn.Quantity)] = (Quantity, WindowParts.Quantity),
        [(AggregateKind.First, AggregateColumn.Quantity)] = (FirstQuantity, WindowParts.Quantity),
        [(AggregateKind.Sum, AggregateColumn.Discount)] = (Discount, WindowParts.Discount),
        [(AggregateKind.Sum, AggregateColumn.Margin)] = (Margin, WindowParts.Margin),
        [(AggregateKind.Count, AggregateColumn.Gap)] = (GapCount, WindowParts.Days),
        [(AggregateKind.Sum, AggregateColumn.Gap)] = (GapSum, WindowParts.Days),
        [(AggregateKind.SumOfSquares, AggregateColumn.Gap)] = (GapSquares, WindowParts.Days),
        [(AggregateKind.Min, AggregateColumn.Gap)] = (GapMin, WindowParts.Days),
        [(AggregateKind.Max, AggregateColumn.Gap)] = (GapMax, WindowParts.Days),
        [(AggregateKind.Last, AggregateColumn.Gap)] = (GapLast, WindowParts.Days),
        [(AggregateKind.Distinct, AggregateColumn.Month)] = (Months, WindowParts.Months),
        [(AggregateKind.Count, AggregateColumn.Weekday)] = (Weekdays, WindowParts.Weekdays),
        [(AggregateKind.Distinct, AggregateColumn.Product)] = (Products, WindowParts.Products),
        [(AggregateKind.Distinct, AggregateColumn.Category)] = (Categories, WindowParts.Categories),
        [(AggregateKind.Distinct, AggregateColumn.Channel)] = (Channels, WindowParts.Channels),
        [(AggregateKind.First, AggregateColumn.Category)] = (FirstCategory, WindowParts.FirstCategory),
        [(AggregateKind.First, AggregateColumn.Channel)] = (FirstChannel, WindowParts.FirstChannel),
        [(AggregateKind.Count, AggregateColumn.Channel)] = (ChannelCounts, WindowParts.ChannelCounts),
    };

    /// <summary>Numbers gathered for a window when so many channels are counted.</summary>
    public static int CountFor(int channelLevels) => ChannelCounts + channelLevels;

    public static bool TryFind(AggregateKind kind, AggregateColumn column, out int slot, out WindowParts parts)
    {
        bool known = s_table.TryGetValue((kind, column), out (int Slot, WindowParts Parts) found);
        (slot, parts) = found;
        return known;
    }
}
