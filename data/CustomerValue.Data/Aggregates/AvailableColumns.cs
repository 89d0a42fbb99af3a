using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Which optional columns a log has, and the names of its channels and categories that are worth telling apart.</summary>
public sealed record AvailableColumns
{
    /// <summary>At most this many channels are told apart: the most frequent.</summary>
    public const int MaxChannelLevels = 16;

    /// <summary>At most this many categories are told apart: the most frequent.</summary>
    public const int MaxCategoryLevels = 64;

    /// <summary>Only days and amounts.</summary>
    public static AvailableColumns None { get; } = new();

    /// <summary>Order ids are known.</summary>
    public bool Orders { get; init; }

    /// <summary>Pieces are known.</summary>
    public bool Quantities { get; init; }

    /// <summary>Products are known.</summary>
    public bool Products { get; init; }

    /// <summary>Discounts are known.</summary>
    public bool Discounts { get; init; }

    /// <summary>Margins are known.</summary>
    public bool Margins { get; init; }

    /// <summary>Names of channels, in ordinal order; empty where channels are unknown.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Names of categories, in ordinal order; empty where categories are unknown.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What a log has.</summary>
    /// <param name="log">The log.</param>
    /// <param name="before">Only rows before this day choose the channels and categories, so that the future chooses none; all rows where null.</param>
    public static AvailableColumns Of(TransactionLog log, DateOnly? before = null)
    {
        AvailableColumnsCount count = new(before);
        count.Add(log);
        return count.Columns;
    }
}
