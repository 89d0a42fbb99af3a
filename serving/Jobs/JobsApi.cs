using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Idempotency;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Telemetry;
using CustomerValue.Serving.Trainer;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CustomerValue.Serving.Jobs;

/// <summary>Work on files too big for one call: given, looked at, stopped, and their results taken.</summary>
internal static class JobsApi
{
    /// <summary>What the names of the routes begin with that take a job in.</summary>
    public const string Give = "give-job-";

    private const string Place = "/v1/jobs";

    public static IServiceCollection AddJobs(this IServiceCollection services) => services.AddSingleton<JobFiles>().AddSingleton<JobPaths>().AddSingleton<JobDesk>().AddSingleton<JobRun>().AddHostedService<JobWorker>()
        .AddSingleton<JobInstruments>().AddSingleton<IInstruments>(provider => provider.GetRequiredService<JobInstruments>());

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder jobs = routes.MapGroup(Place).WithTags("jobs").Demands(AccessScope.Export);
        foreach ((string verb, string summary) in (ReadOnlySpan<(string, string)>)[
            (JobOption.Score, "Score every customer of a big file."),
            (JobOption.Recommend, "Say what every customer of a big file is worth and what to do about it."),
            (JobOption.Decide, "Decide which customer of a big file gets which action, within a budget.")])
            jobs.MapPost($"/{verb}", (HttpContext context, JobDesk desk) => GiveAsync(context, verb, desk))
                .WithName(Give + verb)
                .WithSummary(summary)
                .WithDescription("A form with the transactions as file, or JSON with the path of a file below a folder of Jobs:Folders. The result is what the verb of the command line writes; Location says where to look for it.")
                .WithMetadata(new RequestSizeLimitAttribute(BroughtFile.MostBytes))
                .FromThisSiteAlone().TakesKey()
                .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity,
                    StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable, StatusCodes.Status507InsufficientStorage);
        jobs.MapGet("", (JobFiles files, JobDesk desk) => TypedResults.Ok(new JobList([.. files.All().Select(job => JobAnswer.Of(job, desk.Kept))])))
            .WithName("list-jobs")
            .WithSummary("The jobs that wait, are worked on, or ended some days ago at most; the first given first.");
        jobs.MapGet("/{id}", (string id, JobDesk desk) => TypedResults.Ok(JobAnswer.Of(desk.Find(id), desk.Kept)))
            .WithName("get-job")
            .WithSummary("Where a job stands, what came of it, or why it failed.")
            .ProducesProblems(StatusCodes.Status404NotFound);
        jobs.MapDelete("/{id}", async Task<Ok<JobAnswer>> (HttpContext context, string id, JobDesk desk) => TypedResults.Ok(JobAnswer.Of(await desk.RemoveAsync(context, id), desk.Kept)))
            .WithName("remove-job")
            .WithSummary("Stops a job that waits or is worked on; takes one that ended away with its result.")
            .FromThisSiteAlone()
            .ProducesProblems(StatusCodes.Status404NotFound);
        jobs.MapGet("/{id}/result", TakeResultAsync)
            .WithName("get-job-result")
            .WithSummary("The result of a job that is done, as CSV, lines of JSON or Parquet; in parts where a Range is asked for.")
            .WithDescription("format is csv, ndjson or parquet; without it Accept decides, and CSV is given unless it names application/x-ndjson or application/vnd.apache.parquet and not text/csv.")
            .Produces<string>(StatusCodes.Status200OK, JobForm.Csv.MediaType, JobForm.Lines.MediaType, JobForm.Parquet.MediaType)
            .Produces<string>(StatusCodes.Status206PartialContent, JobForm.Csv.MediaType, JobForm.Lines.MediaType, JobForm.Parquet.MediaType)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Accepted<JobAnswer>> GiveAsync(HttpContext context, string verb, JobDesk desk)
    {
        (Job job, bool again) = await desk.TakeAsync(context, verb);
        if (again)
            context.Response.Headers[IdempotencyKeys.Replayed] = "true";
        return TypedResults.Accepted($"{Place}/{job.Id}", JobAnswer.Of(job, desk.Kept));
    }

    private static async Task<PhysicalFileHttpResult> TakeResultAsync(HttpContext context, string id, JobDesk desk, [FromQuery(Name = "format")] string? format)
    {
        JobForm form = FormOf(context.Request, format);
        string path = await desk.TakeResultAsync(context, id, form);
        return TypedResults.PhysicalFile(path, form == JobForm.Csv ? form.MediaType + "; charset=utf-8" : form.MediaType, $"{desk.Find(id).Verb}.{form.Ending}",
            entityTag: new EntityTagHeaderValue($"\"{id}.{form.Word}\""), enableRangeProcessing: true);
    }

    private static JobForm FormOf(HttpRequest request, string? asked)
    {
        if (asked is not null)
            return JobForm.All.FirstOrDefault(form => form.Word == asked)
                ?? throw new ProblemException(Problems.Invalid(new Dictionary<string, string[]> { ["format"] = [$"found '{Excerpt.Of(asked)}', expected {string.Join(" or ", JobForm.All.Select(form => form.Word))}."] }));
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        return JobForm.All.FirstOrDefault(form => accepted.Any(type => type.MediaType == form.MediaType)) ?? JobForm.Csv;
    }
}
