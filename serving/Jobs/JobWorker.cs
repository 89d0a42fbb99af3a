using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Idempotency;

namespace CustomerValue.Serving.Jobs;

/// <summary>Works on one job after another, behind everything else on this machine, and takes old ones away.</summary>
internal sealed partial class JobWorker(JobFiles files, JobDesk desk, IdempotencyKeys keys, JobRun run, JobInstruments instruments, ModelStore store, Outages outages, TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    /// <summary>A job that takes the service down with it so often is not begun again.</summary>
    private const int MostBroken = 3;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(SweepAsync(stoppingToken), WorkAsync(stoppingToken));

    private async Task SweepAsync(CancellationToken stopping)
    {
        using PeriodicTimer timer = new(s_pause, clock);
        do
            Guarded(() =>
            {
                IReadOnlyList<Job> jobs = files.All();
                instruments.Queued = jobs.Count(job => job.State == JobState.Queued);
                files.Sweep(jobs, desk.Kept);
                keys.Sweep();
            });
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        FileStream? turn = null;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (turn is null && (turn = files.TryTakeTurn()) is not null)
                    Guarded(TakeUp);
                while (turn is not null && !stopping.IsCancellationRequested && Next() is { } job)
                    await WorkAsync(job, stopping);
                await desk.News.WaitAsync(s_pause, stopping);
            }
        }
        finally
        {
            if (turn is not null)
                await turn.DisposeAsync();
        }
    }

    /// <summary>Whatever is said to be worked on while nobody has the turn was broken off by the end of a service.</summary>
    private void TakeUp()
    {
        foreach (Job job in files.All().Where(job => job.State == JobState.Running))
            files.Write(job.Broken + 1 < MostBroken ? job with { State = JobState.Queued, Broken = job.Broken + 1 }
                : job with { State = JobState.Failed, Finished = clock.GetUtcNow(), Error = JobProblems.Failed(StatusCodes.Status500InternalServerError, $"The service ended {MostBroken} times while it worked on this job, so it is not begun again. Give it in parts, or where there is more memory.") });
    }

    private Job? Next()
    {
        Job? next = null;
        Guarded(() => next = files.All().FirstOrDefault(job => job.State == JobState.Queued));
        return next;
    }

    private async Task WorkAsync(Job job, CancellationToken stopping)
    {
        long began = clock.GetTimestamp();
        Job ended;
        try
        {
            ended = await run.RunAsync(job, stopping);
        }
        catch (Exception error) when (error is not OperationCanceledException) // whatever it is, the next job is worked on
        {
            LogBroken(error.GetType().Name, error.StackTrace);
            ended = job with { State = JobState.Failed, Finished = clock.GetUtcNow(), Error = JobProblems.Failed(error is IOException ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status500InternalServerError, files.Hidden(job, error.Message)) };
        }
        while (!Guarded(() => Close(ended)) && !stopping.IsCancellationRequested)
            await Task.Delay(s_pause, CancellationToken.None);
        if (!ended.IsOver)
            return;
        instruments.Count(ended.Verb, ended.State);
        LogEnded(ended.Verb, ended.State.ToString().ToLowerInvariant(), clock.GetElapsedTime(began).TotalSeconds, ended.Error?.Status);
    }

    /// <summary>Writes down how a job ended. One that was taken away meanwhile, as when a customer is erased, goes with what the program still wrote.</summary>
    private void Close(Job ended)
    {
        if (!files.Exists(ended.Id))
            files.Remove(ended.Id);
        files.Write(ended);
    }

    /// <summary>Does what a disk that cannot be used now may allow later; false where it did not.</summary>
    private bool Guarded(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string message = StorePath.Hidden(error.Message, store);
            if (outages.IsNews(message))
                LogDisk(message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Verb} is {State} after {Seconds:0.0} seconds {Status}")]
    private partial void LogEnded(string verb, string state, double seconds, int? status);

    /// <summary>Without the message, which may hold the name of a caller's file.</summary>
    [LoggerMessage(LogLevel.Error, "A job was not worked on to its end: {Kind} {Stack}")]
    private partial void LogBroken(string kind, string? stack);

    [LoggerMessage(LogLevel.Error, "The folder of jobs cannot be used: {Reason}")]
    private partial void LogDisk(string reason);
}
