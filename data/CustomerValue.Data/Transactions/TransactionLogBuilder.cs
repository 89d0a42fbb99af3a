using System.Globalization;
using CustomerValue.Data.Diagnostics;

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
        HistoryWriter histories = new(_rows.Count);
        string? customer = null;
        IEnumerable<Transaction> rows = IsSorted(_rows) ? _rows : _rows.OrderBy(row => row.CustomerId, StringComparer.Ordinal).ThenBy(row => row.Day);
        foreach (Transaction row in rows)
        {
            if (customer is not null && customer != row.CustomerId)
                histories.EndCustomer(customer);
            customer = row.CustomerId;
            histories.Add(new HistoryLine(row.Day, row.Amount)
            {
                Quantity = row.Quantity,
                Product = CodeOf(row.Product, histories.Products),
                Category = CodeOf(row.Category, histories.Categories),
                Channel = CodeOf(row.Channel, histories.Channels),
                Discount = row.Discount,
                Margin = row.Margin,
            }, row.OrderId, row.OrderId is not null);
        }
        if (customer is not null)
            histories.EndCustomer(customer);
        return histories.Build();
    }

    private static int CodeOf(string? name, NameCodes names) => name is null ? HistoryLine.Unknown : names.Add(name);

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
}
