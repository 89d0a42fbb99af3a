using System.Text.Json.Nodes;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Answers;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Customers;

/// <summary>A customer of the book that train and score write.</summary>
/// <param name="ModelVersion">The version that scored.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="ScoredAt">When the book was scored.</param>
/// <param name="Customer">The customer, with the columns of predictions, recommendations and decisions that the book has.</param>
internal sealed record CustomerAnswer(string ModelVersion, DateOnly AsOf, int HorizonDays, DateTimeOffset ScoredAt, JsonObject Customer);

/// <summary>A page of customers of the book.</summary>
/// <param name="ModelVersion">The version that scored.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="ScoredAt">When the book was scored.</param>
/// <param name="Customers">The customers, each with the columns that the book has.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; null on the last.</param>
internal sealed record CustomerPageAnswer(string ModelVersion, DateOnly AsOf, int HorizonDays, DateTimeOffset ScoredAt, IReadOnlyList<JsonObject> Customers, string? Next);

internal static class CustomersApi
{
    private const string List = "/v1/customers", Prefix = List + "/";

    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton(provider => new CustomerBookDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.Book)).AddHostedService<BookWarmUp>()
            .AddSingleton<BookInstruments>().AddSingleton<IInstruments>(provider => provider.GetRequiredService<BookInstruments>()).AddHostedService(provider => provider.GetRequiredService<BookInstruments>());

    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Prefix + "{id}", FindAsync)
            .WithName("get-customer")
            .WithTags("customers")
            .Demands(AccessScope.Read).Tagged()
            .WithSummary("What the customer book says of one customer.")
            .WithDescription("The book holds every customer that train or score wrote last; the answer names the version that scored and as of when.")
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        routes.MapGet(List, ListAsync)
            .WithName("list-customers")
            .WithTags("customers")
            .Demands(AccessScope.Read).Tagged()
            .WithSummary("Customers of the book, a page at a time.")
            .WithDescription("Filters by columns of text (strategy=retain), by bounds of numbers (min_lifetime_value=100, max_churn_probability=0.5) and by the beginning of ids (search=C-10); sorted by a column (sort=-lifetime_value, greatest first); limit 1 to 500, 50 unless given; after is the next of the page before.")
            .ProducesProblems(StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Ok<CustomerAnswer>> FindAsync(string id, HttpContext context, CustomerBookDatabase book, CancellationToken cancellation)
    {
        if (id.Contains("%2f", StringComparison.OrdinalIgnoreCase))
            id = WithSlashes(context, id);
        if (await book.FindAsync(id, cancellation) is { } entry)
            return TypedResults.Ok(new CustomerAnswer(entry.Header.ModelVersion, entry.Header.AsOf, entry.Header.HorizonDays, entry.Header.ScoredAt, BookJson.Of(entry.Row)));
        BookHeader header = await book.HeaderAsync(cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        throw new ProblemException(CustomerProblems.UnknownCustomer(id, header.ModelVersion));
    }

    private static async Task<Ok<CustomerPageAnswer>> ListAsync(HttpContext context, CustomerBookDatabase book, CancellationToken cancellation)
    {
        BookHeader known = await book.HeaderAsync(cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        BookPage page = await book.PageAsync(CustomerQuery.Read(context.Request.Query, known.Columns, new BookQuery()), cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        return TypedResults.Ok(new CustomerPageAnswer(page.Header.ModelVersion, page.Header.AsOf, page.Header.HorizonDays, page.Header.ScoredAt, [.. page.Rows.Select(BookJson.Of)], page.Next is null ? null : CustomerQuery.Text(page.Next)));
    }

    /// <summary>Routing leaves an escaped slash as it is, and hides whether the percent sign itself was escaped: only the raw target tells.</summary>
    private static string WithSlashes(HttpContext context, string id)
    {
        string path = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        return path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(path[Prefix.Length..]) : id;
    }
}
