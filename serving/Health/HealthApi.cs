using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Lifetime;
using CustomerValue.Serving.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Health;

internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder health = routes.MapGroup("/health").WithTags("health").AllowAnonymous();
        health.MapGet("/live", Live)
            .WithName("live")
            .WithSummary("Does the process answer?");
        health.MapGet("/ready", Ready)
            .WithName("ready")
            .WithSummary("Can predictions be answered, and by which version?")
            .WithDescription("Names the version that serves, since when, and the version that was refused last and why. 503 while no model serves, with the same details under readiness.")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<Liveness> Live() => TypedResults.Ok(new Liveness("live"));

    private static Ok<Readiness> Ready(Champion champion, Challenger challenger, Drain drain)
    {
        if (drain.IsUnderWay)
            throw new ProblemException(Problems.Draining);
        Readiness readiness = champion.Readiness with { Challenger = challenger.Standing };
        return readiness.Champion is null ? throw new ProblemException(ModelProblems.NoChampion(readiness)) : TypedResults.Ok(readiness);
    }
}
