namespace CustomerValue.Data.Aggregates;

/// <summary>Where the aggregates of a catalogue come from, whatever the log: the windows that are gathered, what within each, and each aggregate's place.</summary>
internal sealed class AggregateLayout
{
    public AggregateLayout(AggregateCatalogue catalogue)
    {
        SlotCount = AggregateSlots.CountFor(catalogue.Channels.Count);
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
        Optional = [.. catalogue.Definitions.Select(definition => definition.Column).Distinct().Where(IsOptional)];
        Windows = [.. windows];
        Parts = [.. parts];
    }

    /// <summary>Columns that the aggregates look at and that a log may lack.</summary>
    public AggregateColumn[] Optional { get; }

    /// <summary>The windows, each once.</summary>
    public DayWindow[] Windows { get; }

    /// <summary>What is gathered within each window.</summary>
    public WindowParts[] Parts { get; }

    /// <summary>Numbers gathered for one window.</summary>
    public int SlotCount { get; }

    /// <summary>For each aggregate, its place among the numbers gathered for all windows.</summary>
    public int[] Sources { get; }

    private static bool IsOptional(AggregateColumn column) => column is AggregateColumn.Order or AggregateColumn.Quantity or AggregateColumn.Discount
        or AggregateColumn.Margin or AggregateColumn.Product or AggregateColumn.Category or AggregateColumn.Channel;
}
