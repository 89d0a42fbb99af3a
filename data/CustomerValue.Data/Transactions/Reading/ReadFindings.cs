using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Doubts that the counts of a reading give rise to.</summary>
internal static class ReadFindings
{
    /// <param name="summary">The counts.</param>
    /// <param name="hasAmounts">Whether any file has a column of amounts.</param>
    public static IReadOnlyList<Finding> From(ReadSummary summary, bool hasAmounts)
    {
        List<Finding> findings = [];
        void Add(bool found, string code, Severity severity, string message, string remedy)
        {
            if (found)
                findings.Add(new Finding(code, severity, message, remedy));
        }

        double lines = summary.Lines;
        Add(summary.RejectedLines > 0, "rejected-lines", Severity.Warning,
            $"{summary.RejectedLines:N0} of {summary.Lines:N0} lines ({summary.RejectedLines / lines:P2}) could not be read: {string.Join(", ", summary.RejectedByReason.Select(pair => $"{pair.Key} {pair.Value:N0}"))}.",
            "Write them to a file with the rejects option and mend the source.");
        long placeholders = summary.RejectedByReason.GetValueOrDefault(RejectReason.PlaceholderDate), future = summary.RejectedByReason.GetValueOrDefault(RejectReason.DateAfterToday);
        Add(placeholders > 0, "placeholder-dates", Severity.Warning,
            $"{placeholders:N0} lines have dates that stand for none, such as 1900-01-01, 1970-01-01 or 9999-12-31; they are left out.",
            "Export the day of the transaction.");
        Add(future > 0, "future-dates", Severity.Warning,
            $"{future:N0} lines lie in the future; they are left out.",
            "Nothing, if they are planned orders; otherwise mend their dates.");
        Add(summary.PassedOver > 0, "lines-passed-over", Severity.Information,
            $"{summary.PassedOver:N0} lines are repeated headers, totals, comments, padding or go on with the line above; they are passed over.",
            "Nothing.");
        Add(summary.NotChosen > 0, "lines-chosen", Severity.Information,
            $"{summary.NotChosen:N0} of {summary.Lines:N0} lines ({summary.NotChosen / lines:P1}) are left out, as was asked for or is known of the export.",
            "Nothing, if that is right; see --keep, --drop, --currency and --where.");
        Add(summary.WithoutCustomer > 0, "no-customer-id", Severity.Warning,
            $"{summary.WithoutCustomer:N0} of {summary.Lines:N0} lines ({summary.WithoutCustomer / lines:P1}) name no customer and are left out.",
            "Nothing, if they are anonymous sales; otherwise check the column mapped to the customer.");
        Add(summary.DuplicateLines > 0, "duplicate-lines", Severity.Information,
            $"{summary.DuplicateLines:N0} lines stand in an earlier file too, on days that both cover, and are counted once.",
            "Nothing, if the files overlap; otherwise check that each was meant.");
        Add(summary.RepeatedRows > 0, "repeated-rows", Severity.Information,
            $"Rows that agree with another of the same customer and day in every column that is read: {summary.RepeatedRows:N0}; they are kept.",
            "Nothing, if two equal items may be bought a day; otherwise remove double exports.");
        Add(summary.ZeroAmountRows > 0 && hasAmounts, "zero-amounts", Severity.Information,
            $"{summary.ZeroAmountRows:N0} rows have the amount 0 and count as purchases.",
            "Ignore them with the zero-amounts option if they are no purchases.");
        Add(summary.Customers == 1, "single-customer", Severity.Warning,
            "All rows belong to one customer.",
            "Check the column mapped to the customer; a model needs many.");
        Add(summary.Customers > summary.Purchases.Customers, "customers-without-purchase", Severity.Information,
            $"{summary.Customers - summary.Purchases.Customers:N0} of {summary.Customers:N0} customers only gave things back.",
            "Nothing: they are in no population until they buy; the purchases may lie before the first day.");
        Add(summary.FirstDay == summary.LastDay, "single-day", Severity.Warning,
            $"All rows lie on {summary.FirstDay:yyyy-MM-dd}.",
            "Check the column mapped to the date; a model needs a history.");
        Add(summary.Purchases.Rows == 0, "no-purchases", Severity.Error,
            "No row has a positive amount.",
            "Check the column mapped to the amount and its sign.");
        return findings;
    }
}
