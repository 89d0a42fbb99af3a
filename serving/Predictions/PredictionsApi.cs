using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Predictions;

internal static class PredictionsApi
{
    public static IServiceCollection AddPredictions(this IServiceCollection services) => services.AddSingleton<Predictor>();

    public static void MapPredictions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/predictions", PredictAsync)
            .WithName("predict")
            .WithTags("predictions")
            .WithSummary("Predict churn, purchases, spend and lifetime value of customers from their raw histories.")
            .WithDescription("Raw histories go in, never features: the service computes them as training did. Every customer of a call is scored by one model version, which the answer names.")
            .Accepts<PredictionRequest>("application/json")
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<PredictionAnswer>> PredictAsync(HttpRequest request, Predictor predictor, CancellationToken cancellation)
    {
        PredictionRequest body = await PredictionBody.ReadAsync<PredictionRequest>(request, predictor.Limits.MaxBodyBytes, cancellation);
        return TypedResults.Ok(predictor.Predict(body, cancellation));
    }
}
