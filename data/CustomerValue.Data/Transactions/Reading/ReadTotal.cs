using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Adds shares of the same files up: what reading everyone at once would have counted.</summary>
internal sealed class ReadTotal
{
    private readonly ExactSum _purchases = new(), _returns = new();
    private ReadSummary? _summary;
    private ReadCounts? _files;
    private StrayDays? _stray;
    private bool _hasAmounts, _keepsStrayDays;

    /// <summary>With another share.</summary>
    public ReadTotal And(ReadPart part)
    {
        _purchases.Add(part.Purchases);
        _returns.Add(part.Returns);
        _files ??= new ReadCounts(part.Summary, part.Rejected, part.Findings);
        (_stray, _keepsStrayDays, _hasAmounts) = (part.Stray, part.KeepsStrayDays, part.HasAmounts);
        _summary = _summary is null ? part.Summary : Sum(_summary, part.Summary, part.DuplicatesLeftOut);
        return this;
    }

    /// <summary>Counts and doubts of all shares so far.</summary>
    public ReadCounts ToCounts(LogDoubts doubts)
    {
        ReadSummary summary = _summary! with { TotalPurchases = _purchases.ToDouble(), TotalReturns = _returns.ToDouble() };
        // Every line is in exactly one of the counts.
        summary = summary with { OtherRows = summary.Lines - summary.RejectedLines - summary.DuplicateLines - summary.PassedOver - summary.NotChosen - summary.StrayRows - summary.WithoutCustomer - summary.IgnoredReturns - summary.IgnoredZeroAmounts - summary.Rows };
        List<Finding> findings = [.. ReadFindings.From(summary, _hasAmounts), .. _files!.Findings];
        _stray!.Tell(_keepsStrayDays, findings);
        doubts.Tell(summary.TotalPurchases, findings);
        return new ReadCounts(summary, _files.Rejected, findings);
    }

    private static ReadSummary Sum(ReadSummary one, ReadSummary other, long duplicatesLeftOut) => one with
    {
        DuplicateLines = one.DuplicateLines + other.DuplicateLines - duplicatesLeftOut,
        StrayRows = one.StrayRows + other.StrayRows,
        Rows = one.Rows + other.Rows,
        ReturnRows = one.ReturnRows + other.ReturnRows,
        ZeroAmountRows = one.ZeroAmountRows + other.ZeroAmountRows,
        RepeatedRows = one.RepeatedRows + other.RepeatedRows,
        Customers = one.Customers + other.Customers,
        Purchases = Sum(one.Purchases, other.Purchases),
        Paid = Sum(one.Paid, other.Paid),
    };

    private static PurchaseCounts Sum(PurchaseCounts one, PurchaseCounts other) => new(one.Rows + other.Rows, one.Customers + other.Customers, one.Orders + other.Orders, one.CustomerDays + other.CustomerDays);
}
