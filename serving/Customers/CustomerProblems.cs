using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Customers;

/// <summary>Problems of the customer book.</summary>
internal static class CustomerProblems
{
    public static Problem NoBook() => new()
    {
        Type = Problems.Prefix + "no-customer-book",
        Title = "There is no customer book yet.",
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = "No customers were scored into the book yet. Run train or score, which write the book, or set CustomerBook to where they wrote it.",
    };

    public static Problem UnknownCustomer(string id, string modelVersion) => new()
    {
        Type = Problems.Prefix + "unknown-customer",
        Title = "The customer is not in the book.",
        Status = StatusCodes.Status404NotFound,
        Detail = $"Found no customer '{Excerpt.Of(id)}' among those scored by version {modelVersion}. Ids are compared letter by letter; customers without a purchase are not scored.",
    };
}
