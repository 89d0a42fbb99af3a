using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions;

/// <summary>Collects transactions one by one and sorts them into a <see cref="TransactionLog"/>.</summary>
/// <remarks>Made for small histories, tests and single requests; <see cref="TransactionLog"/>s of millions of rows come from the reader.</remarks>
public sealed class TransactionLogBuilder
{
    private readonly List<Transaction> _rows = [];

    /// <summary>Adds one transaction.</summary>
    /// <exception cref="ArgumentException">The customer id is empty or the amount is not finite.</exception>
    public void Add(Transaction transaction)
    {
        ArgumentException.ThrowIfNullOrEmpty(transaction.CustomerId);
        if (!double.IsFinite(transaction.Amount))
            throw new ArgumentException($"The amount of customer {transaction.CustomerId} on {transaction.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is {transaction.Amount}; it must be a finite number.", nameof(transaction));
        _rows.Add(transaction);
    }

    /// <summary>Sorts what was added; the builder may go on collecting afterwards.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added, or the days span more than 65,535 days.</exception>
    /// <exception cref="BadDataException">There are more channels or categories, or more orders of a customer on a day, than a log can number.</exception>
    public TransactionLog Build()
    {
        if (_rows.Count == 0)
            throw new InvalidOperationException("A log needs at least one transaction.");
        Transaction[] rows = IsSorted(_rows) ? [.. _rows] : [.. _rows.OrderBy(row => row.CustomerId, StringComparer.Ordinal).ThenBy(row => row.Day)];
        DateOnly first = rows[0].Day, last = first;
        foreach (Transaction row in rows)
            (first, last) = (row.Day < first ? row.Day : first, row.Day > last ? row.Day : last);
        if (last.DayNumber - first.DayNumber > ushort.MaxValue)
            throw new InvalidOperationException($"The days run from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}; a log spans at most {ushort.MaxValue} days.");

        List<string> customers = [];
        List<int> offsets = [];
        for (int i = 0; i < rows.Length; i++)
            if (i == 0 || rows[i].CustomerId != rows[i - 1].CustomerId)
            {
                customers.Add(rows[i].CustomerId);
                offsets.Add(i);
            }
        offsets.Add(rows.Length);

        (int[] products, NameTable productNames) = Encode(rows, row => row.Product);
        (int[] categories, NameTable categoryNames) = Encode(rows, row => row.Category);
        (int[] channels, NameTable channelNames) = Encode(rows, row => row.Channel);
        Limit("category", categoryNames, ParserNames.MostCategories);
        Limit("channel", channelNames, ParserNames.MostChannels);
        return new TransactionLog(new NameTable([.. customers]), [.. offsets], first, last, new TransactionColumns
        {
            Days = Array.ConvertAll(rows, row => (ushort)(row.Day.DayNumber - first.DayNumber)),
            Amounts = Array.ConvertAll(rows, row => row.Amount),
            Orders = OrderOrdinals(rows),
            Quantities = Numbers(rows, row => row.Quantity),
            Products = products,
            Categories = Array.ConvertAll(categories, code => code < 0 ? ushort.MaxValue : (ushort)code),
            Channels = Array.ConvertAll(channels, code => code < 0 ? byte.MaxValue : (byte)code),
            Discounts = Numbers(rows, row => row.Discount),
            Margins = Numbers(rows, row => row.Margin),
            ProductNames = productNames,
            CategoryNames = categoryNames,
            ChannelNames = channelNames,
        });
    }

    private static bool IsSorted(List<Transaction> rows)
    {
        for (int i = 1; i < rows.Count; i++)
        {
            int order = string.CompareOrdinal(rows[i - 1].CustomerId, rows[i].CustomerId);
            if (order > 0 || (order == 0 && rows[i - 1].Day > rows[i].Day))
                return false;
        }
        return true;
    }

    private static void Limit(string column, NameTable names, int most)
    {
        if (names.Count > most)
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture,
                $"The transactions' {column}: found {names.Count:N0} different names, expected at most {most:N0}; give them as products, or leave out what is no {column}."));
    }

    private static float[] Numbers(Transaction[] rows, Func<Transaction, double> select) =>
        Array.Exists(rows, row => !double.IsNaN(select(row))) ? Array.ConvertAll(rows, row => (float)select(row)) : [];

    private static (int[] Codes, NameTable Names) Encode(Transaction[] rows, Func<Transaction, string?> select)
    {
        if (!Array.Exists(rows, row => select(row) is not null))
            return ([], NameTable.Empty);
        Dictionary<string, int> codes = new(StringComparer.Ordinal);
        int[] encoded = Array.ConvertAll(rows, row =>
        {
            if (select(row) is not { } name)
                return -1;
            if (!codes.TryGetValue(name, out int code))
                codes.Add(name, code = codes.Count);
            return code;
        });
        return (encoded, new NameTable([.. codes.Keys]));
    }

    private static ushort[] OrderOrdinals(Transaction[] rows)
    {
        if (!Array.Exists(rows, row => row.OrderId is not null))
            return [];
        ushort[] ordinals = new ushort[rows.Length];
        Dictionary<string, ushort> today = new(StringComparer.Ordinal);
        for (int i = 0; i < rows.Length; i++)
        {
            if (i > 0 && (rows[i].CustomerId != rows[i - 1].CustomerId || rows[i].Day != rows[i - 1].Day))
                today.Clear();
            string order = rows[i].OrderId ?? string.Empty;
            if (!today.TryGetValue(order, out ushort ordinal))
            {
                if (today.Count > ushort.MaxValue)
                    throw new BadDataException(string.Create(CultureInfo.InvariantCulture,
                        $"The transactions' order: found more than {ushort.MaxValue + 1:N0} orders of customer {rows[i].CustomerId} on {rows[i].Day:yyyy-MM-dd}, expected at most as many; merge the customer's lines of that day."));
                today.Add(order, ordinal = (ushort)today.Count);
            }
            ordinals[i] = ordinal;
        }
        return ordinals;
    }
}
