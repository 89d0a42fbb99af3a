using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.Serving.Calls;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Requests;
using CustomerValue.Serving.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Outcomes;

internal static class OutcomesApi
{
    public static IServiceCollection AddOutcomes(this IServiceCollection services) =>
        services.AddSingleton(provider => new OutcomeDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.WorkPlace)).AddSingleton<AccuracyDesk>()
            .AddSingleton<ForecastKeeper>().AddHostedService(provider => provider.GetRequiredService<ForecastKeeper>());

    public static void MapOutcomes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/transactions", AddAsync)
            .WithName("report-transactions")
            .WithTags("outcomes")
            .FromThisSiteAlone().Demands(AccessScope.Outcomes)
            .WithSummary("Report what customers really bought, to be held against forecasts.")
            .WithDescription("Each line is counted once however often it is reported: customer, day, amount and id together say which it is. Lines of erased customers are counted and not kept.")
            .Accepts<OutcomeReport>("application/json")
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/v1/models/{version}/accuracy", AccuracyAsync)
            .WithName("get-accuracy")
            .WithTags("models", "outcomes")
            .Demands(AccessScope.Read)
            .WithSummary("How well the forecasts of a version met what came, beside how well they did in training.")
            .WithDescription("By first day of the forecasts, the latest first; as_of gives one of those under kept.")
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Ok<ReportAnswer>> AddAsync(HttpContext context, CallDesk calls, AccuracyDesk desk, TimeProvider clock, IOptions<ServingOptions> options)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        ReportedOutcomes report = await calls.ReadAsync(context, (body, _) => ReportReader.Read(body, options.Value.Predictions, today));
        return TypedResults.Ok(await desk.AddAsync(report, context.RequestAborted));
    }

    private static async Task<Ok<AccuracyAnswer>> AccuracyAsync(string version, AccuracyDesk desk, CancellationToken cancellation, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "as_of")] DateOnly? asOf = null) =>
        TypedResults.Ok(await desk.OfAsync(version, asOf, cancellation));
}
