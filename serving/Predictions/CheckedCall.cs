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
    /// <summary>A call is answered by one thread: many calls keep all processors busy without being cut up.</summary>
    public const int Threads = 1;

    private static readonly Dictionary<string, string> s_none = [];

    private readonly HistoryCall _call;

    private CheckedCall(HistoryCall call, ScoringModel model, DateOnly asOf)
    {
        _call = call;
        Model = model;
        AsOf = asOf;
        Log = call.Histories.Count == 0 ? null : call.Histories.Build();
        Attributes = model.Attributes.Columns.Count == 0 ? null : CustomerAttributes.From(model.Attributes, Customers.Select(customer => (
            customer.Id, (IReadOnlyDictionary<string, string>)(customer.Attributes ?? s_none))));
    }

    public ScoringModel Model { get; }

    /// <summary>First day of the forecast.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The customers in the order of the request.</summary>
    public IReadOnlyList<CalledCustomer> Customers => _call.Customers;

    /// <summary>Reasons to give for each churn probability.</summary>
    public int Reasons => _call.Reasons ?? 0;

    /// <summary>What all customers bought; null where nobody did.</summary>
    public TransactionLog? Log { get; }

    /// <summary>Language of words.</summary>
    public string? Language => _call.Language;

    /// <summary>The call's own playbook, or null.</summary>
    public byte[]? Playbook => _call.Playbook;

    /// <summary>Name of an uplift model in the store, unchecked, or null.</summary>
    public string? Uplift => _call.Uplift;

    /// <summary>Least gain after cost for a unit of money.</summary>
    public double LeastReturn => _call.LeastReturn ?? 0;

    /// <summary>What the model learnt of customers beside their purchases; null where it did not.</summary>
    public CustomerAttributes? Attributes { get; }

    /// <param name="body">The body.</param>
    /// <param name="form">Which members are known.</param>
    /// <param name="limits">What one call may ask.</param>
    /// <param name="model">The model that answers.</param>
    /// <param name="clock">Tells today.</param>
    /// <param name="withoutPurchase">What to say of a customer who never bought; null where such customers are answered.</param>
    /// <exception cref="ProblemException">The call cannot be read, is too large or makes no sense.</exception>
    public static CheckedCall Of(ReadOnlySpan<byte> body, CallForm form, PredictionLimits limits, ScoringModel model, TimeProvider clock, string? withoutPurchase)
    {
        FieldErrors errors = new();
        HistoryCall call = CallReader.Read(body, form, limits, [.. model.Attributes.Columns.Select(column => column.Name)], errors);
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), asOf = call.AsOf ?? today.AddDays(1);
        PredictionCheck.Check(call, errors, asOf, today, withoutPurchase);
        return new CheckedCall(call, model, asOf);
    }

    /// <summary>Doubts about the call, with those that others found.</summary>
    public IReadOnlyList<Finding> Findings(IReadOnlyList<Finding> found)
    {
        string[] absent = [.. Model.Attributes.Columns.Select(column => column.Name).Where(name => !Customers.Any(customer => customer.Attributes?.ContainsKey(name) ?? false))];
        List<Finding> all = [.. found];
        if (absent.Length > 0)
            all.Add(new Finding("absent-attributes", Severity.Warning,
                $"No customer of this call has the attribute(s) {string.Join(", ", absent)}, which the model learnt from; they count as missing.", "Give them under attributes, by the names of the training file."));
        if (_call.Unknown is { } unknown)
            all.Add(unknown);
        return all;
    }
}
