using System.Text.Json;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Calls;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Idempotency;
using CustomerValue.Serving.Lifetime;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Trainer;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Jobs;

/// <summary>Takes jobs in, as many as may wait, and takes them back. Who asked is written down before it is done.</summary>
internal sealed partial class JobDesk(JobFiles files, JobPaths paths, IdempotencyKeys keys, JobInstruments instruments, TrainingProgram training, ModelStore store, Audit audit, Drain drain, TimeProvider clock, IOptions<ServingOptions> options, ILogger<JobDesk> log)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50), s_patience = TimeSpan.FromSeconds(10);

    private readonly JobSettings _settings = options.Value.Jobs;
    private readonly Lock _lock = new();
    private int _coming;

    /// <summary>How long jobs stay after their end.</summary>
    public TimeSpan Kept => TimeSpan.FromDays(_settings.KeepDays);

    /// <summary>Set when there is a job to work on.</summary>
    public SemaphoreSlim News { get; } = new(0);

    /// <summary>Takes a job in, or gives the one that the first call of its key gave.</summary>
    /// <returns>The job as it was taken in, and whether that was before.</returns>
    /// <exception cref="ProblemException">Too many wait, or the call cannot be taken.</exception>
    public async Task<(Job Job, bool Again)> TakeAsync(HttpContext context, string verb)
    {
        if (drain.IsUnderWay)
            throw new ProblemException(Problems.Draining);
        if (training.Call() is null)
        {
            LogNoProgram(training.Missing);
            throw new ProblemException(Problems.Unavailable("The program that works on jobs is not beside this service; the log says where it was looked for."));
        }
        using IdempotencyKey? key = await keys.TakeAsync(context);
        if (key?.First is { Made: { } made } first && !files.IsComing(made))
            return (await AgainAsync(context, verb, first), true);
        // Before the file is read: what is refused should not have been sent for nothing.
        TakePlace();
        try
        {
            return (await TakeInAsync(context, verb, key), false);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ProblemException(JobProblems.TooLarge(BroughtFile.MostBytes));
        }
        finally
        {
            lock (_lock)
                _coming--;
        }
    }

    /// <summary>A job.</summary>
    /// <exception cref="ProblemException">There is none of the id.</exception>
    public Job Find(string id) => files.Find(id) ?? throw new ProblemException(JobProblems.Unknown(id));

    /// <summary>Stops a job that waits or is worked on, and takes one that ended away with its result.</summary>
    /// <exception cref="ProblemException">There is none of the id.</exception>
    public async Task<Job> RemoveAsync(HttpContext context, string id)
    {
        Job job = Find(id);
        await audit.WriteAsync(context, job.IsOver ? "remove job" : "cancel job", job.Verb);
        if (job.IsOver)
        {
            files.Remove(id);
            return job;
        }
        files.Stop(id);
        if (job.State == JobState.Queued && files.Find(id) is { State: JobState.Cancelled })
            instruments.Count(job.Verb, JobState.Cancelled);
        for (long began = clock.GetTimestamp(); files.Find(id) is { State: JobState.Running } && clock.GetElapsedTime(began) < s_patience;)
            await Task.Delay(s_look, context.RequestAborted);
        return files.Find(id) ?? job with { State = JobState.Cancelled };
    }

    /// <summary>The file of a job's result; who takes it is written down.</summary>
    /// <exception cref="ProblemException">There is no such job, or it has no result.</exception>
    public async Task<string> TakeResultAsync(HttpContext context, string id, JobForm form)
    {
        Job job = Find(id);
        if (job.State != JobState.Done)
            throw new ProblemException(JobProblems.NoResult(job.State));
        await audit.WriteAsync(context, "download", $"job {job.Verb}: {job.Counts?.Customers} customers, {form.Word}");
        return files.ResultOf(id, form) ?? throw new ProblemException(JobProblems.Unknown(id));
    }

    private void TakePlace()
    {
        lock (_lock)
        {
            if (files.All().Count(job => job.State == JobState.Queued) + _coming >= _settings.MostQueued)
                throw new ProblemException(CallProblems.Busy($"{_settings.MostQueued} jobs wait, as many as may (Jobs:MostQueued)."));
            _coming++;
        }
    }

    /// <summary>What the call sends is read to compare it, and not kept.</summary>
    private async Task<Job> AgainAsync(HttpContext context, string verb, FirstAnswer first)
    {
        (_, string coming) = files.Begin();
        return await WithoutTraceAsync(coming, async () =>
        {
            string fingerprint = await JobBody.FingerprintAsync(context.Request, verb, coming, files, paths);
            return JsonSerializer.Deserialize(IdempotencyKey.Again(first, fingerprint), JobJson.Default.Job)!;
        });
    }

    private Task<Job> TakeInAsync(HttpContext context, string verb, IdempotencyKey? key)
    {
        (string id, string coming) = files.Begin();
        return WithoutTraceAsync(coming, async () =>
        {
            JobBody body = await JobBody.ReadAsync(context.Request, verb, coming, files, paths);
            await audit.WriteAsync(context, "job", verb);
            Job job = new() { Id = id, Verb = verb, Created = clock.GetUtcNow(), Transactions = body.Transactions!, Attributes = body.Second, Arguments = body.Arguments };
            Publish(coming, job, body.Fingerprint, key);
            News.Release();
            return job;
        });
    }

    /// <summary>Reads a call; what was sent and is in no job afterwards goes.</summary>
    private async Task<Job> WithoutTraceAsync(string coming, Func<Task<Job>> read)
    {
        try
        {
            return await read();
        }
        catch (DiskException error)
        {
            string why = StorePath.Hidden(error.Message, store);
            LogNotKept(why);
            throw new ProblemException(JobProblems.NotKept(why));
        }
        finally
        {
            if (Directory.Exists(coming))
                Directory.Delete(coming, recursive: true);
        }
    }

    private void Publish(string coming, Job job, string fingerprint, IdempotencyKey? key)
    {
        try
        {
            // A service that ends in between leaves the folder of the job to be, which tells that there is none.
            files.Prepare(coming);
            key?.Keep(fingerprint, JsonSerializer.Serialize(job, JobJson.Default.Job), job.Id);
            files.Publish(coming, job);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            key?.Forget();
            throw new DiskException(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "A job cannot be kept: {Reason}")]
    private partial void LogNotKept(string reason);

    [LoggerMessage(LogLevel.Error, "{Missing}")]
    private partial void LogNoProgram(string missing);
}
