using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Calls;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Requests;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Predictions;

internal static class PredictionsApi
{
    public static IServiceCollection AddPredictions(this IServiceCollection services) => services.AddSingleton<ScoreMeter>().AddSingleton<ShadowLane>().AddHostedService(provider => provider.GetRequiredService<ShadowLane>()).AddSingleton<Predictor>();

    public static void MapPredictions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/predictions", PredictAsync)
            .WithName("predict")
            .WithTags("predictions")
            .Demands(AccessScope.Predict)
            .WithSummary("Predict churn, purchases, spend and lifetime value of customers from their raw histories.")
            .WithDescription("Raw histories go in, never features: the service computes them as training did. Every customer of a call is scored by one model version, which the answer names.")
            .Accepts<PredictionRequest>("application/json")
            .Produces<PredictionAnswer>()
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static Task PredictAsync(HttpContext context, Predictor predictor, CallDesk desk) => desk.AnswerAsync(context, predictor.Predict, static (answer, writer, form) => answer.Write(writer, form));
}
