using System.Text.Json.Serialization;

namespace CustomerValue.Data.Transactions;

/// <summary>What was counted while reading: every line of every file is in exactly one of the counts that <see cref="Lines"/> adds up.</summary>
public sealed record ReadSummary
{
    /// <summary>One entry a file, in the order given.</summary>
    public required IReadOnlyList<FileSummary> Files { get; init; }

    /// <summary>Lines of data in all files, without headers and blank lines. A record over several lines counts once.</summary>
    /// <remarks>Equals <see cref="RejectedLines"/> + <see cref="DuplicateLines"/> + <see cref="PassedOver"/> + <see cref="NotChosen"/> + <see cref="StrayRows"/> + <see cref="WithoutCustomer"/> + <see cref="IgnoredReturns"/> + <see cref="IgnoredZeroAmounts"/> + <see cref="OtherRows"/> + <see cref="Rows"/>.</remarks>
    public required long Lines { get; init; }

    /// <summary>Lines of a later file that already stand in an earlier one, on days that both cover; counted once.</summary>
    public required long DuplicateLines { get; init; }

    /// <summary>Repeated headers, totals, comments and padding among the lines.</summary>
    public long PassedOver { get; init; }

    /// <summary>Lines left out by words, currency or condition, as was asked for or is known of the export.</summary>
    public long NotChosen { get; init; }

    /// <summary>Rows left out because their days lie far behind all others.</summary>
    public long StrayRows { get; init; }

    /// <summary>Lines left out because they name no customer.</summary>
    public required long WithoutCustomer { get; init; }

    /// <summary>Lines that could not be read.</summary>
    public required long RejectedLines { get; init; }

    /// <summary>Rejected lines by reason; reasons that did not occur are absent.</summary>
    public required IReadOnlyDictionary<RejectReason, long> RejectedByReason { get; init; }

    /// <summary>Lines with a negative amount that were dropped by <see cref="ReturnsPolicy.Ignore"/>.</summary>
    public required long IgnoredReturns { get; init; }

    /// <summary>Lines with the amount 0 that were dropped by <see cref="ZeroAmounts.Ignore"/>.</summary>
    public required long IgnoredZeroAmounts { get; init; }

    /// <summary>Rows of customers whom <see cref="ReaderOptions.Share"/> leaves out, with those that stand in an earlier file too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OtherRows { get; init; }

    /// <summary>Rows in the log.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows in the log with a negative amount.</summary>
    public required long ReturnRows { get; init; }

    /// <summary>Rows in the log with the amount 0.</summary>
    public required long ZeroAmountRows { get; init; }

    /// <summary>Rows that agree with another row of the same customer and day in every column that is read; 0 where <see cref="ReaderOptions.Columns"/> leaves some unread. They are kept; information only.</summary>
    public required long RepeatedRows { get; init; }

    /// <summary>Customers in the log, with those who only gave things back.</summary>
    public required int Customers { get; init; }

    /// <summary>Purchases: rows with an amount of 0 or more. With <see cref="ZeroAmounts.Ignore"/> the same as <see cref="Paid"/>.</summary>
    public required PurchaseCounts Purchases { get; init; }

    /// <summary>Purchases with an amount above 0.</summary>
    public required PurchaseCounts Paid { get; init; }

    /// <summary>Day of the earliest row.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Day of the latest row.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Money of all rows with a positive amount: the exact sum, rounded once.</summary>
    public required double TotalPurchases { get; init; }

    /// <summary>Money of all rows with a negative amount; negative or 0; the exact sum, rounded once.</summary>
    public required double TotalReturns { get; init; }
}
