using CustomerValue.CustomerBook.Access;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Answers;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Idempotency;
using CustomerValue.Serving.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder models = routes.MapGroup("/v1/models").WithTags("models").Demands(AccessScope.Read);
        models.MapGet("", List)
            .WithName("list-models").Tagged()
            .WithSummary("The versions of the store, newest first, with their figures on the holdout.")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        models.MapGet("/champion", Details)
            .WithName("get-champion").Tagged()
            .WithSummary("The version that serves, in full: data, options, all candidates beside the naive rules.")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        models.MapPost("/{version}/promote", async Task<Ok<ModelChange>> (HttpContext context, string version, ModelDesk desk) => TypedResults.Ok(await desk.PromoteAsync(context, version)))
            .WithName("promote-version")
            .WithSummary("Makes a version the champion, once every file of it was checked.")
            .FromThisSiteAlone().OncePerKey().Demands(AccessScope.Admin)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        models.MapGet("/challenger", Tried)
            .WithName("get-challenger")
            .WithSummary("The version that is tried against the champion: whether it is loaded, how it answers, and how far its answers lie from the champion's.")
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        models.MapPost("/{version}/challenge", async Task<Ok<ChallengeChange>> (HttpContext context, string version, ModelDesk desk) => TypedResults.Ok(await desk.ChallengeAsync(context, version)))
            .WithName("challenge-version")
            .WithSummary("Tries a version against the champion, once every file of it was checked.")
            .FromThisSiteAlone().Demands(AccessScope.Admin)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        models.MapDelete("/challenger", async Task<Ok<ChallengeChange>> (HttpContext context, ModelDesk desk) => TypedResults.Ok(await desk.TakeOffAsync(context)))
            .WithName("take-challenger-off")
            .WithSummary("Ends the trial of a version against the champion.")
            .FromThisSiteAlone().Demands(AccessScope.Admin)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        models.MapPost("/rollback", async Task<Ok<ModelChange>> (HttpContext context, ModelDesk desk) => TypedResults.Ok(await desk.RollbackAsync(context)))
            .WithName("roll-back")
            .WithSummary("Makes the champion before the present one serve again.")
            .FromThisSiteAlone().OncePerKey().Demands(AccessScope.Admin)
            .ProducesProblems(StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<ModelList> List(ModelStore store, Champion champion, EngineStatus engine)
    {
        string? promoted = store.Champion;
        return TypedResults.Ok(new ModelList(promoted, champion.Current?.Model.Version, engine.MLNet,
            [.. store.Versions.Reverse().Select(version => Summarise(store, version, promoted))]));
    }

    private static Ok<ModelDetails> Details(Champion champion)
    {
        ServedModel served = champion.Required;
        Manifest manifest = served.Manifest;
        return TypedResults.Ok(new ModelDetails
        {
            Version = manifest.Version,
            Since = served.Since,
            Calls = served.Record.Calls,
            Failures = served.Record.Failures,
            LastFailure = served.Record.LastFailure,
            Refused = champion.Refused,
            Created = manifest.Created,
            Product = manifest.Product,
            Model = manifest.Model,
            Description = manifest.Description,
            ModelHash = manifest.ModelHash,
            Cutoff = manifest.Cutoff,
            HorizonDays = manifest.HorizonDays,
            Options = manifest.Options,
            Data = manifest.Data,
            Evaluation = manifest.Evaluation,
            LifetimeBacktest = manifest.LifetimeBacktest,
            Findings = manifest.Findings,
        });
    }

    private static Ok<ChallengerDetails> Tried(Challenger challenger, Differences differences, IOptions<ServingOptions> options)
    {
        ChallengerState state = challenger.Standing ?? throw new ProblemException(ModelProblems.NoChallenger());
        AnswerRecord? record = challenger.Current?.Record;
        (long compared, double shift) = record?.Shift ?? default;
        return TypedResults.Ok(new ChallengerDetails
        {
            Version = state.Version,
            Loaded = state.Loaded,
            Refused = state.Refused,
            ShadowShare = options.Value.Challenger.ShadowShare,
            CanaryShare = options.Value.Challenger.CanaryShare,
            Calls = record?.Calls ?? 0,
            Failures = record?.Failures ?? 0,
            LastFailure = state.LastFailure,
            ComparedCalls = compared,
            ChurnShift = shift,
            Differences = state.Version is null ? null : differences.Of(state.Version),
        });
    }

    private static VersionSummary Summarise(ModelStore store, string version, string? promoted)
    {
        VersionSummary summary = VersionSummary.Of(store, version, promoted);
        return summary.Problem is null ? summary : summary with { Problem = StorePath.Hidden(summary.Problem, store) };
    }
}
