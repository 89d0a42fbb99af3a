using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Predictions;

/// <summary>A call that makes sense: its customers laid out for the model that serves when the call begins.</summary>
internal sealed class CheckedCall
{
    /// <summary>From this many customers on a call may use all processors.</summary>
    private const int ManyCustomers = 1000;

    private readonly Finding? _unknown;

    private CheckedCall(PredictionRequest request, ScoringModel model, DateOnly asOf, List<Transaction> transactions)
    {
        Model = model;
        AsOf = asOf;
        Customers = request.Customers!;
        Reasons = request.Reasons ?? 0;
        _unknown = UnknownFields.In(request);
        Transactions = transactions;
        Attributes = model.Attributes.Columns.Count == 0 ? null : CustomerAttributes.From(model.Attributes, Customers.Select(customer => (
            customer!.CustomerId!,
            (IReadOnlyDictionary<string, string>)(customer.Attributes?.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal) ?? []))));
    }

    public ScoringModel Model { get; }

    /// <summary>First day of the forecast.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The customers in the order of the request; none is null.</summary>
    public IReadOnlyList<CustomerHistory?> Customers { get; }

    /// <summary>Reasons to give for each churn probability.</summary>
    public int Reasons { get; }

    /// <summary>What all customers bought.</summary>
    public List<Transaction> Transactions { get; }

    /// <summary>What the model learnt of customers beside their purchases; null where it did not.</summary>
    public CustomerAttributes? Attributes { get; }

    public int Threads => Customers.Count < ManyCustomers ? 1 : Environment.ProcessorCount;

    /// <param name="request">The request.</param>
    /// <param name="limits">What one call may ask.</param>
    /// <param name="model">The model that answers.</param>
    /// <param name="clock">Tells today.</param>
    /// <param name="withoutPurchase">What to say of a customer who never bought; null where such customers are answered.</param>
    /// <exception cref="ProblemException">The request is too large or makes no sense.</exception>
    public static CheckedCall Of(PredictionRequest request, PredictionLimits limits, ScoringModel model, TimeProvider clock, string? withoutPurchase)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        DateOnly asOf = request.AsOf ?? today.AddDays(1);
        return new CheckedCall(request, model, asOf, PredictionCheck.ToTransactions(request, limits, asOf, today, withoutPurchase));
    }

    /// <summary>Doubts about the call, with those that others found.</summary>
    public IReadOnlyList<Finding> Findings(IReadOnlyList<Finding> found)
    {
        string[] absent = [.. Model.Attributes.Columns.Select(column => column.Name).Where(name => !Customers.Any(customer => customer!.Attributes?.ContainsKey(name) ?? false))];
        List<Finding> all = [.. found];
        if (absent.Length > 0)
            all.Add(new Finding("absent-attributes", Severity.Warning,
                $"No customer of this call has the attribute(s) {string.Join(", ", absent)}, which the model learnt from; they count as missing.", "Give them under attributes, by the names of the training file."));
        if (_unknown is not null)
            all.Add(_unknown);
        return all;
    }
}
