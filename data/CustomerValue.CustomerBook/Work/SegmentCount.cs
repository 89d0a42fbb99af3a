namespace CustomerValue.CustomerBook.Work;

/// <summary>What a segment came to in the book of a day, kept so that days can be compared after the book was replaced.</summary>
public sealed class SegmentCount
{
    /// <summary>Name of the segment.</summary>
    public required string Name { get; init; }

    /// <summary>First day of the book's forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The condition that was counted: another one than today's where the segment was changed since.</summary>
    public required string Condition { get; set; }

    /// <summary>Who belonged to it.</summary>
    public required long Customers { get; set; }

    /// <summary>What they were expected to bring; money.</summary>
    public required double Future { get; set; }

    /// <summary>What of it was likely to stay away; money.</summary>
    public required double AtRisk { get; set; }
}
