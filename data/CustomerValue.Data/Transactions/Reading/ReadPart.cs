using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>What reading a share of the customers gave.</summary>
internal sealed record ReadPart
{
    /// <summary>The rows of the share.</summary>
    public required TransactionLog Log { get; init; }

    /// <summary>Lines of the files; rows, customers and money of the share.</summary>
    public required ReadSummary Summary { get; init; }

    /// <summary>The first rejected lines of the files.</summary>
    public required IReadOnlyList<RejectedRow> Rejected { get; init; }

    /// <summary>Doubts about the files, the same for every share.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Money of the share.</summary>
    public required ExactSum Purchases { get; init; }

    /// <summary>Money given back.</summary>
    public required ExactSum Returns { get; init; }

    /// <summary>Duplicates among lines that are no rows, the same for every share.</summary>
    public required long DuplicatesLeftOut { get; init; }

    /// <summary>Whether any file has a column of amounts.</summary>
    public required bool HasAmounts { get; init; }

    /// <summary>Rows of the share by day, without duplicates, before stray days are left out.</summary>
    public required RowsByDay Held { get; init; }

    /// <summary>Days far from all others.</summary>
    public required StrayDays Stray { get; init; }

    /// <summary>Whether they stay.</summary>
    public required bool KeepsStrayDays { get; init; }

    /// <summary>Whether duplicates of customers who are not held could decide which days are stray.</summary>
    public required bool DaysAreUnsure { get; init; }

    /// <summary>What rows and customers take.</summary>
    public required PartCost Cost { get; init; }
}
