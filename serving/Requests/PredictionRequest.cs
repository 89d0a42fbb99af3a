using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Requests;

/// <summary>Raw histories of customers to be scored; never features.</summary>
/// <remarks>The form of a call, for its description: what reads a call makes none of these objects.</remarks>
internal class PredictionRequest
{
    /// <summary>First day of the forecast: everything before it is known, nothing on or after it may be in a history. Default: tomorrow (UTC), so that today's purchases count.</summary>
    /// <example>2011-09-01</example>
    public DateOnly? AsOf { get; init; }

    /// <summary>The customers, each once.</summary>
    [Required] public IReadOnlyList<CustomerHistory?>? Customers { get; init; }

    /// <summary>How many of the strongest reasons behind each churn probability to give, 0 to 20. Default 0: reasons cost several times what the prediction itself does.</summary>
    /// <example>3</example>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? Reasons { get; init; }
}

/// <summary>What is known of one customer.</summary>
internal sealed class CustomerHistory
{
    /// <summary>The customer, 1 to 200 characters.</summary>
    /// <example>C-1001</example>
    [Required] public string? CustomerId { get; init; }

    /// <summary>Purchases and returns, oldest first; empty for a customer who never bought, for whom newcomers of the training data answer.</summary>
    [Required] public IReadOnlyList<TransactionLine?>? Transactions { get; init; }

    /// <summary>Attributes of the customer by the name of the column the model was trained with; unknown names are ignored, absent ones are missing.</summary>
    public IReadOnlyDictionary<string, AttributeText>? Attributes { get; init; }
}

/// <summary>One line of what a customer bought or gave back.</summary>
internal sealed class TransactionLine
{
    /// <summary>The day, before as_of.</summary>
    /// <example>2011-08-17</example>
    [Required] public DateOnly? Date { get; init; }

    /// <summary>Money of the line, in the currency of training; negative for a return. At most 1e12 in size.</summary>
    /// <example>24.9</example>
    [Required] public double? Amount { get; init; }

    /// <summary>The order; lines of one order share it.</summary>
    public string? OrderId { get; init; }

    /// <summary>Pieces; negative only on a return.</summary>
    public double? Quantity { get; init; }

    /// <summary>Product name or code.</summary>
    public string? Product { get; init; }

    /// <summary>Product category.</summary>
    public string? Category { get; init; }

    /// <summary>Sales channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Money of discount given on the line; not negative.</summary>
    public double? Discount { get; init; }

    /// <summary>Money left after unit costs.</summary>
    public double? Margin { get; init; }
}
