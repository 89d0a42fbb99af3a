using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Predictions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Decisions;

internal static class DecisionsApi
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services.AddSingleton<DecisionMaker>();

    public static void MapDecisions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/decisions", DecideAsync)
            .WithName("decide")
            .WithTags("decisions")
            .WithSummary("Say which action suits each customer best, from their raw histories.")
            .WithDescription("Strategy, action, channel, day, cost and expected gain with its interval, with reasons in English or Chinese. The playbook is part of the version that the answer names, or given with the call; decide gives the same from a file where no limit binds.")
            .Accepts<DecisionRequest>("application/json")
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<DecisionAnswer>> DecideAsync(HttpRequest request, DecisionMaker maker, CancellationToken cancellation)
    {
        DecisionRequest body = await PredictionBody.ReadAsync<DecisionRequest>(request, maker.Limits.MaxBodyBytes, cancellation);
        return TypedResults.Ok(maker.Decide(body, cancellation));
    }
}
