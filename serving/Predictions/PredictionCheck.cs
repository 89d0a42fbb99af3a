using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Predictions;

/// <summary>Turns a readable request into transactions, or says by field path why it makes no sense.</summary>
internal sealed class PredictionCheck
{
    private const double MaxSize = 1e12;
    private const int MaxText = 200;

    /// <summary>What a log tells apart in its one-byte and two-byte columns.</summary>
    private const int MaxChannels = 254, MaxCategories = 65_534;

    /// <summary>More reasons than anyone reads.</summary>
    private const int MaxReasons = 20;

    private readonly HashSet<string> _channels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _categories = new(StringComparer.Ordinal);
    private readonly PredictionLimits _limits;
    private readonly FieldErrors _errors = new();
    private readonly DateOnly _asOf;
    private readonly string? _withoutPurchase;

    private PredictionCheck(PredictionLimits limits, DateOnly asOf, string? withoutPurchase)
    {
        _limits = limits;
        _asOf = asOf;
        _withoutPurchase = withoutPurchase;
    }

    /// <summary>Transactions of all customers in the order of the request; customers without any have never bought.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limits">What one call may ask.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="today">Today.</param>
    /// <param name="withoutPurchase">What to say of a customer who never bought; null where such customers are answered.</param>
    /// <exception cref="ProblemException">The request is too large or makes no sense.</exception>
    public static List<Transaction> ToTransactions(PredictionRequest request, PredictionLimits limits, DateOnly asOf, DateOnly today, string? withoutPurchase)
    {
        PredictionCheck check = new(limits, asOf, withoutPurchase);
        check.CheckAsOf(today);
        if (request.Reasons is { } reasons and (< 0 or > MaxReasons))
            check._errors.Add("reasons", string.Create(CultureInfo.InvariantCulture, $"found {reasons}, expected a whole number from 0 to {MaxReasons}."));
        request.CheckMore(check._errors);
        List<Transaction> transactions = check.CheckCustomers(request.Customers);
        check._errors.ThrowIfAny();
        return transactions;
    }

    private void CheckAsOf(DateOnly today)
    {
        if (_asOf <= ObservationWindow.Earliest)
            _errors.Add("as_of", $"found {Day(_asOf)}, expected a day after {Day(ObservationWindow.Earliest)}.");
        else if (_asOf > today.AddDays(2))
            _errors.Add("as_of", $"found {Day(_asOf)}, expected at most tomorrow: nobody knows the purchases before a later day.");
    }

    private List<Transaction> CheckCustomers(IReadOnlyList<CustomerHistory?>? customers)
    {
        if (customers is not { Count: > 0 })
        {
            _errors.Add("customers", "found none, expected at least one customer.");
            return [];
        }
        if (customers.Count > _limits.MaxCustomers)
            throw new ProblemException(Problems.TooLarge("customers", string.Create(CultureInfo.InvariantCulture,
                $"found {customers.Count} customers, expected at most {_limits.MaxCustomers}; split the call, or raise Predictions:MaxCustomers.")));

        List<Transaction> transactions = [];
        Dictionary<string, int> seen = new(customers.Count, StringComparer.Ordinal);
        for (int i = 0; i < customers.Count && !_errors.IsFull; i++)
        {
            if (customers[i] is not { } customer)
            {
                _errors.Add($"customers[{i}]", "found null, expected an object with customer_id and transactions.");
                continue;
            }
            if (string.IsNullOrEmpty(customer.CustomerId) || customer.CustomerId.Length > MaxText)
                _errors.Add($"customers[{i}].customer_id", string.IsNullOrEmpty(customer.CustomerId) ? "found nothing, expected the customer's id." : $"found {customer.CustomerId.Length} characters, expected at most {MaxText}.");
            else if (!seen.TryAdd(customer.CustomerId, i))
                _errors.Add($"customers[{i}].customer_id", $"found '{Excerpt.Of(customer.CustomerId)}' again, expected each customer once; customers[{seen[customer.CustomerId]}] is the same.");
            CheckHistory(i, customer, transactions);
        }
        return transactions;
    }

    private void CheckHistory(int i, CustomerHistory customer, List<Transaction> transactions)
    {
        if (customer.Transactions is not { } lines)
        {
            _errors.Add($"customers[{i}].transactions", "found nothing, expected the customer's purchases before as_of.");
            return;
        }
        if (lines.Count > _limits.MaxTransactionsPerCustomer)
            throw new ProblemException(Problems.TooLarge($"customers[{i}].transactions", string.Create(CultureInfo.InvariantCulture,
                $"found {lines.Count} transactions, expected at most {_limits.MaxTransactionsPerCustomer}; merge lines of one order, or raise Predictions:MaxTransactionsPerCustomer.")));
        int before = transactions.Count;
        bool bought = false;
        DateOnly latest = DateOnly.MinValue;
        for (int j = 0; j < lines.Count && !_errors.IsFull; j++)
        {
            if (Check(lines[j], customer.CustomerId ?? "", latest, i, j) is not { } transaction)
                continue;
            latest = transaction.Day;
            bought |= transaction.Amount >= 0;
            transactions.Add(transaction);
        }
        if (bought || transactions.Count - before != lines.Count || (lines.Count == 0 && _withoutPurchase is null))
            return;
        _errors.Add($"customers[{i}].transactions", lines.Count == 0 ? _withoutPurchase!
            : $"found returns and no purchase before as_of {Day(_asOf)}, expected the purchases they belong to as well; add them, or {(_withoutPurchase is null ? "give no transactions for a customer who never bought" : "leave the customer out")}.");
    }

    private Transaction? Check(TransactionLine? line, string customerId, DateOnly latest, int i, int j)
    {
        if (line is null)
        {
            Add("", "found null, expected an object with date and amount.");
            return null;
        }
        if (line.Date is not { } date)
            Add(".date", "found nothing, expected a date like 2024-02-28.");
        else if (date >= _asOf)
            Add(".date", $"found {Day(date)}, expected a day before as_of {Day(_asOf)}: a forecast knows nothing of its own future; leave the line out or ask with a later as_of.");
        else if (date < ObservationWindow.Earliest)
            Add(".date", $"found {Day(date)}, expected a day from {Day(ObservationWindow.Earliest)} on.");
        else if (date < latest)
            Add(".date", $"found {Day(date)} after {Day(latest)}, expected transactions oldest first; sort them by date.");
        if (line.Amount is not { } amount)
            Add(".amount", "found nothing, expected a number.");
        else
        {
            CheckSize(".amount", amount, -MaxSize);
            CheckSize(".quantity", line.Quantity, amount < 0 ? -MaxSize : 0);
            CheckSize(".discount", line.Discount, amount < 0 ? -MaxSize : 0);
        }
        CheckSize(".margin", line.Margin, -MaxSize);
        CheckText(".order_id", line.OrderId);
        CheckText(".product", line.Product);
        CheckText(".category", line.Category);
        CheckText(".channel", line.Channel);
        CheckNames(".category", line.Category, _categories, MaxCategories);
        CheckNames(".channel", line.Channel, _channels, MaxChannels);
        return line.Date is { } day && line.Amount is { } money
            ? new Transaction(customerId, day, money, line.OrderId, line.Quantity ?? double.NaN, line.Product, line.Category, line.Channel, line.Discount ?? double.NaN, line.Margin ?? double.NaN)
            : null;

        void Add(string field, string message) => _errors.Add($"customers[{i}].transactions[{j}]{field}", message);

        void CheckSize(string field, double? value, double least)
        {
            if (value is { } number && !(number >= least && number <= MaxSize))
                Add(field, string.Create(CultureInfo.InvariantCulture, $"found {number}, expected a number from {least} to {MaxSize}."));
        }

        void CheckNames(string field, string? name, HashSet<string> names, int most)
        {
            if (name is not null && names.Count <= most && names.Add(name) && names.Count > most)
                Add(field, $"found more than {most} different names in one call; split the call, or leave out what is no {field[1..]}.");
        }

        void CheckText(string field, string? text)
        {
            if (text?.Length > MaxText)
                Add(field, $"found {text.Length} characters, expected at most {MaxText}.");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
