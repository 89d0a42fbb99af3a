using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Calls;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Requests;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Decisions;

internal static class DecisionsApi
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services.AddSingleton<UpliftModels>().AddSingleton<DecisionMaker>();

    public static void MapDecisions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/decisions", DecideAsync)
            .WithName("decide")
            .WithTags("decisions")
            .Demands(AccessScope.Predict)
            .WithSummary("Say which action suits each customer best, from their raw histories.")
            .WithDescription("Strategy, action, channel, day, cost and expected gain with its interval, with reasons in English or Chinese. The playbook is part of the version that the answer names, or given with the call; an uplift model of the store gives each customer's own effect. decide gives the same from a file where no limit binds.")
            .Accepts<DecisionRequest>("application/json")
            .Produces<DecisionAnswer>()
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static Task DecideAsync(HttpContext context, DecisionMaker maker, CallDesk desk) => desk.AnswerAsync<DecisionAnswer>(context, maker.Decide);
}
