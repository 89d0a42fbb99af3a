using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Models;

internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder models = routes.MapGroup("/v1/models").WithTags("models");
        models.MapGet("", List)
            .WithName("list-models")
            .WithSummary("The versions of the store, newest first, with their figures on the holdout.")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        models.MapGet("/champion", Details)
            .WithName("get-champion")
            .WithSummary("The version that serves, in full: data, options, all candidates beside the naive rules.")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<ModelList> List(ModelStore store, Champion champion, EngineStatus engine)
    {
        string? promoted = store.Champion;
        return TypedResults.Ok(new ModelList(promoted, champion.Current?.Model.Version, engine.MLNet,
            [.. store.Versions.Reverse().Select(version => Summarise(store, version, version == promoted))]));
    }

    private static Ok<ModelDetails> Details(Champion champion)
    {
        ServedModel served = champion.Required;
        Manifest manifest = served.Manifest;
        return TypedResults.Ok(new ModelDetails(manifest.Version, served.Since, manifest.Created, manifest.Product, manifest.Model, manifest.Description, manifest.ModelHash,
            manifest.Cutoff, manifest.HorizonDays, manifest.Options, manifest.Data, manifest.Evaluation, manifest.Findings));
    }

    private static ModelSummary Summarise(ModelStore store, string version, bool isChampion)
    {
        try
        {
            Manifest manifest = store.Open(version).Manifest;
            return new ModelSummary(version, isChampion, manifest.Created, manifest.Model, manifest.Description, manifest.Cutoff, manifest.HorizonDays, manifest.Data.Customers,
                manifest.Evaluation?.Candidates.FirstOrDefault(candidate => candidate.Name == manifest.Model), null);
        }
        catch (ModelStoreException error)
        {
            return new ModelSummary(version, isChampion, null, null, null, null, null, null, null, StorePath.Hidden(error.Message, store));
        }
    }
}
