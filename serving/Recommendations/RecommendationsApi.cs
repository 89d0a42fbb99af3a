using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Calls;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Requests;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Recommendations;

internal static class RecommendationsApi
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services) => services.AddSingleton<Recommender>();

    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/recommendations", RecommendAsync)
            .WithName("recommend")
            .WithTags("recommendations")
            .Demands(AccessScope.Predict)
            .WithSummary("Say what customers are worth and what to do about it, from their raw histories.")
            .WithDescription("Four values, headroom, quadrant with probabilities, lifecycle stage, strategy and what it means in practice, with reasons in English or Chinese. Lines and scorecard are part of the version that the answer names; recommend gives the same from a file.")
            .Accepts<RecommendationRequest>("application/json")
            .Produces<RecommendationAnswer>()
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static Task RecommendAsync(HttpContext context, Recommender recommender, CallDesk desk) => desk.AnswerAsync<RecommendationAnswer>(context, recommender.Recommend);
}
