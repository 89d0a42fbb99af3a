namespace CustomerValue.Data.Attributes;

/// <summary>How a file of customer attributes is read.</summary>
public sealed record AttributeReadOptions
{
    /// <summary>Header of the column of customer ids. Default: recognised among usual names (customer_id, CustomerID, id, ...).</summary>
    public string? CustomerColumn { get; init; }

    /// <summary>What separates fields. Default: the most frequent of comma, semicolon, tab and bar in the header.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The attributes of a trained model: only these are read, as they were understood then. Default: every column, understood by its values.</summary>
    public AttributeSchema? Schema { get; init; }

    /// <summary>Headers of columns that are not read.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Formats of dates, as in .NET. Default: 2024-02-28, 2024-02-28 13:45:00 and 2024-02-28T13:45:00.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];

    /// <summary>Most levels that a categorical attribute keeps, the most frequent; the others are missing. Default 64.</summary>
    public int MaxLevels { get; init; } = 64;
}
