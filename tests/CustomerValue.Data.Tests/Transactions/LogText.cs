using System.Globalization;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>A log as lines, so that two logs can be compared whatever the codes of their names.</summary>
internal static class LogText
{
    public const string Header = "customer|day|amount|order|quantity|product|category|channel|discount|margin";

    public static string[] Of(TransactionLog log)
    {
        List<string> lines = [];
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                lines.Add(string.Join('|', new[]
                {
                    log.Customers[customer],
                    log.FirstDay.AddDays(log.Days[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    log.Amounts[row].ToString("R", CultureInfo.InvariantCulture),
                    log.Orders.IsEmpty ? "" : log.Orders[row].ToString(CultureInfo.InvariantCulture),
                    Number(log.Quantities, row),
                    log.Products.IsEmpty || log.Products[row] < 0 ? "" : log.ProductNames[log.Products[row]],
                    log.Categories.IsEmpty || log.Categories[row] == ushort.MaxValue ? "" : log.CategoryNames[log.Categories[row]],
                    log.Channels.IsEmpty || log.Channels[row] == byte.MaxValue ? "" : log.ChannelNames[log.Channels[row]],
                    Number(log.Discounts, row),
                    Number(log.Margins, row),
                }).Replace("\n", "\\n", StringComparison.Ordinal));
        return [.. lines];
    }

    private static string Number(ReadOnlySpan<float> column, int row) =>
        column.IsEmpty || float.IsNaN(column[row]) ? "" : column[row].ToString("R", CultureInfo.InvariantCulture);
}
