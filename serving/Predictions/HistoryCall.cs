using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Serving.Requests;

namespace CustomerValue.Serving.Predictions;

/// <summary>Which members a call may have beside histories.</summary>
internal enum CallForm
{
    /// <summary><see cref="PredictionRequest"/>.</summary>
    Prediction,

    /// <summary>RecommendationRequest: a language too.</summary>
    Recommendation,

    /// <summary>DecisionRequest: a playbook, an uplift model and a least return too.</summary>
    Decision,
}

/// <summary>A call as it was read: what all its customers bought in columns, and where each customer's part begins.</summary>
internal sealed class HistoryCall
{
    /// <summary>First day of the forecast; null where the call leaves it to the clock.</summary>
    public DateOnly? AsOf { get; set; }

    /// <summary>Reasons to give; null for none.</summary>
    public int? Reasons { get; set; }

    /// <summary>Language of words, unchecked.</summary>
    public string? Language { get; set; }

    /// <summary>A playbook as UTF-8 JSON.</summary>
    public byte[]? Playbook { get; set; }

    /// <summary>Name of an uplift model, unchecked.</summary>
    public string? Uplift { get; set; }

    /// <summary>Least gain after cost for a unit of money, unchecked.</summary>
    public double? LeastReturn { get; set; }

    /// <summary>The customers in the order of the request.</summary>
    public List<CalledCustomer> Customers { get; } = [];

    /// <summary>What all customers bought, customer by customer, oldest first.</summary>
    public required HistoryWriter Histories { get; init; }

    /// <summary>Members that the service does not know, or null.</summary>
    public Finding? Unknown { get; set; }
}

/// <summary>A customer of a call.</summary>
/// <param name="Id">The customer.</param>
/// <param name="First">The customer's first line among those of the call.</param>
/// <param name="Count">How many there are; 0 for a customer who never bought.</param>
/// <param name="Attributes">Text of the attributes that the model knows, by name; null where none was given.</param>
internal readonly record struct CalledCustomer(string Id, int First, int Count, Dictionary<string, string>? Attributes);
