using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Predictions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Recommendations;

internal static class RecommendationsApi
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services) => services.AddSingleton<Recommender>();

    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/recommendations", RecommendAsync)
            .WithName("recommend")
            .WithTags("recommendations")
            .WithSummary("Say what customers are worth and what to do about it, from their raw histories.")
            .WithDescription("Four values, headroom, quadrant with probabilities, lifecycle stage, strategy and what it means in practice, with reasons in English or Chinese. Lines and scorecard are part of the version that the answer names; recommend gives the same from a file.")
            .Accepts<RecommendationRequest>("application/json")
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<RecommendationAnswer>> RecommendAsync(HttpRequest request, Recommender recommender, CancellationToken cancellation)
    {
        RecommendationRequest body = await PredictionBody.ReadAsync<RecommendationRequest>(request, recommender.Limits.MaxBodyBytes, cancellation);
        return TypedResults.Ok(recommender.Recommend(body, cancellation));
    }
}
