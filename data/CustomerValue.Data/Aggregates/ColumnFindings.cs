using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Says where a log differs from what a catalogue was made for: columns that it lacks, names that are not known.</summary>
internal static class ColumnFindings
{
    public static List<Finding> Of(TransactionLog log, AggregateCatalogue catalogue)
    {
        List<Finding> findings = [];
        AddAbsent(log, catalogue, findings);
        AddUnknown(log.ChannelNames, catalogue.Channels, "channel", findings);
        AddUnknown(log.CategoryNames, catalogue.Categories, "category", findings);
        return findings;
    }

    private static void AddAbsent(TransactionLog log, AggregateCatalogue catalogue, List<Finding> findings)
    {
        List<string>? absent = null;
        foreach (AggregateColumn column in catalogue.Layout.Optional)
            if (IsAbsent(log, column))
                (absent ??= []).Add(column.ToString().ToLowerInvariant());
        if (absent is not null)
            findings.Add(new Finding("absent-columns", Severity.Warning,
                $"The transactions have no {string.Join(", ", absent)}, which the features were made for; what is made of them counts as missing.",
                "Give what the training data had, or train again without it."));
    }

    private static bool IsAbsent(TransactionLog log, AggregateColumn column) => column switch
    {
        AggregateColumn.Order => log.Orders.IsEmpty,
        AggregateColumn.Quantity => log.Quantities.IsEmpty,
        AggregateColumn.Discount => log.Discounts.IsEmpty,
        AggregateColumn.Margin => log.Margins.IsEmpty,
        AggregateColumn.Product => log.Products.IsEmpty,
        AggregateColumn.Category => log.Categories.IsEmpty,
        AggregateColumn.Channel => log.Channels.IsEmpty,
        _ => false,
    };

    private static void AddUnknown(NameTable names, IReadOnlyList<string> levels, string what, List<Finding> findings)
    {
        if (levels.Count == 0 || names.Count == 0)
            return;
        HashSet<string> known = new(levels, StringComparer.Ordinal);
        string[] unknown = [.. names.Names.Where(name => !known.Contains(name))];
        if (unknown.Length > 0)
            findings.Add(new Finding($"unknown-{what}", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"{unknown.Length} {what} name(s) are not told apart, for example '{unknown[0]}'."),
                $"Nothing, if they are rare; otherwise train again on data that hold them, or name fewer different values of {what}."));
    }
}
