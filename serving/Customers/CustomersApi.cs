using CustomerValue.CustomerBook;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Customers;

/// <summary>A customer of the book that train and score write.</summary>
/// <param name="ModelVersion">The version that scored.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="ScoredAt">When the book was scored.</param>
/// <param name="Customer">The customer.</param>
internal sealed record CustomerAnswer(string ModelVersion, DateOnly AsOf, int HorizonDays, DateTimeOffset ScoredAt, CustomerScore Customer);

internal static class CustomersApi
{
    private const string Prefix = "/v1/customers/";

    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton(provider => new CustomerBookDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.Book)).AddHostedService<BookWarmUp>();

    public static void MapCustomers(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Prefix + "{id}", FindAsync)
            .WithName("get-customer")
            .WithTags("customers")
            .WithSummary("What the customer book says of one customer.")
            .WithDescription("The book holds every customer that train or score wrote last; the answer names the version that scored and as of when.")
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<CustomerAnswer>> FindAsync(string id, HttpContext context, CustomerBookDatabase book, CancellationToken cancellation)
    {
        if (id.Contains("%2f", StringComparison.OrdinalIgnoreCase))
            id = WithSlashes(context, id);
        if (await book.FindAsync(id, cancellation) is { } entry)
            return TypedResults.Ok(new CustomerAnswer(entry.Header.ModelVersion, entry.Header.AsOf, entry.Header.HorizonDays, entry.Header.ScoredAt, entry.Score));
        BookHeader header = await book.HeaderAsync(cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        throw new ProblemException(CustomerProblems.UnknownCustomer(id, header.ModelVersion));
    }

    /// <summary>Routing leaves an escaped slash as it is, and hides whether the percent sign itself was escaped: only the raw target tells.</summary>
    private static string WithSlashes(HttpContext context, string id)
    {
        string path = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        return path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(path[Prefix.Length..]) : id;
    }
}
