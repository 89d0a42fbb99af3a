using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Trainer;

namespace CustomerValue.Serving.Jobs;

/// <summary>Work on one job: the verb of the command line, as a program of its own, so that its files are what that program writes.</summary>
internal sealed partial class JobRun(JobFiles files, JobPaths paths, TrainingProgram training, ModelStore store, TimeProvider clock)
{
    private const int BadData = 3, Usage = 2, NoStore = 5;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Works on a job to its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stopping">The service is about to end.</param>
    /// <returns>The job as it ended; waiting again where the service ended first.</returns>
    /// <exception cref="IOException">The folder of jobs cannot be written.</exception>
    public async Task<Job> RunAsync(Job job, CancellationToken stopping)
    {
        job = job with { State = JobState.Running, Started = clock.GetUtcNow(), Progress = null };
        files.Write(job);
        if (Wrong(job) is { } wrong)
            return Ended(job, JobState.Failed) with { Error = wrong };
        string run = files.NewRun(job.Id);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task watch = WatchAsync(job.Id, stop);
        List<string> answer = [];
        try
        {
            int code = await training.RunAsync(Arguments(job, run), line =>
            {
                if (StepDone().IsMatch(line))
                    Tell(job = job with { Progress = files.Hidden(job, line) });
            }, stop.Token, answer.Add, behind: true);
            return Ended(job, string.Join('\n', answer), code);
        }
        catch (FileNotFoundException) // the program's
        {
            return Ended(job, JobState.Failed) with { Error = JobProblems.Failed(StatusCodes.Status503ServiceUnavailable, "The program that works on jobs is not beside this service any more.") };
        }
        catch (OperationCanceledException)
        {
            files.RemoveRuns(job.Id);
            return stopping.IsCancellationRequested && !files.IsStopped(job.Id) ? job with { State = JobState.Queued, Progress = null } : Ended(job, JobState.Cancelled);
        }
        finally
        {
            await stop.CancelAsync();
            await watch;
        }
    }

    private List<string> Arguments(Job job, string run)
    {
        List<string> arguments = [job.Verb, $"--transactions={files.PathOf(job.Id, job.Transactions, JobFiles.Transactions)}", $"--store={store.Folder}", .. training.Keys(signs: false), "--json", .. JobForm.All.Select(form => $"--out={JobFiles.ResultIn(run, form)}"), .. job.Arguments];
        if (job.Verb == JobOption.Score)
            arguments.Add("--no-book");
        if (files.PathOf(job.Id, job.Attributes, JobFiles.Attributes) is { } attributes)
            arguments.Add($"--attributes={attributes}");
        return arguments;
    }

    /// <summary>What a path leads to may have changed since it was named.</summary>
    private Errors.Problem? Wrong(Job job) => Array.Find((JobInput?[])[job.Transactions, job.Attributes], input => input?.Path is { } path && paths.Find(path) != path) is { } moved
        ? JobProblems.Failed(StatusCodes.Status422UnprocessableEntity, $"{moved.Name}: found no such file any more, expected {JobPaths.Expected}.") : null;

    private Job Ended(Job job, string answer, int code)
    {
        string why = $"The program ended with exit code {code} and gave no answer; it was stopped from outside or ran out of memory.";
        try
        {
            ProgramAnswer? told = JsonSerializer.Deserialize(answer, JobJson.Default.ProgramAnswer);
            if (code == 0 && told is { ModelVersion: { } version, AsOf: { } asOf, Customers: var customers })
                return Ended(job, JobState.Done) with { Counts = new JobCounts(version, asOf, customers ?? told.Portfolio?.Customers ?? 0), Findings = [.. told.Findings.Select(finding => finding with { Message = files.Hidden(job, finding.Message), Remedy = files.Hidden(job, finding.Remedy) })] };
            why = told?.Error is { } error ? files.Hidden(job, error.Message) : why;
        }
        catch (JsonException)
        {
            // It ended without an answer.
        }
        files.RemoveRuns(job.Id);
        if (files.IsStopped(job.Id))
            return Ended(job, JobState.Cancelled); // its files may have gone before it
        int status = code switch { BadData or Usage => StatusCodes.Status422UnprocessableEntity, NoStore => StatusCodes.Status503ServiceUnavailable, _ => StatusCodes.Status500InternalServerError };
        return Ended(job, JobState.Failed) with { Error = JobProblems.Failed(status, why) };
    }

    private Job Ended(Job job, JobState state)
    {
        files.RemoveSent(job.Id);
        return job with { State = state, Finished = clock.GetUtcNow() };
    }

    /// <summary>Writes down how far it is; a disk that takes no word of it stops nothing.</summary>
    private void Tell(Job job)
    {
        try
        {
            files.Write(job);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The end of the job is written down, or waits for the disk.
        }
    }

    /// <summary>Stops the program where somebody asks for it or the job was taken away.</summary>
    private async Task WatchAsync(string id, CancellationTokenSource stop)
    {
        using PeriodicTimer timer = new(s_look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
                if (files.IsStopped(id) || !files.Exists(id))
                    await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The program ended.
        }
    }

    /// <summary>A line that the program writes when a step is done: the step, what was counted, and how long it took.</summary>
    [GeneratedRegex(@" in [\d.,]+ (ms|s|min \d+ s)$")]
    private static partial Regex StepDone();
}

/// <summary>What is read of the program's answer; the rest is in the result.</summary>
internal sealed record ProgramAnswer
{
    public string? ModelVersion { get; init; }

    public DateOnly? AsOf { get; init; }

    public int? Customers { get; init; }

    public ProgramPortfolio? Portfolio { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public ProgramError? Error { get; init; }
}

/// <param name="Customers">Customers of the whole base.</param>
internal sealed record ProgramPortfolio(int Customers);

/// <param name="Message">Place, found, expected, way out.</param>
internal sealed record ProgramError(string Message);
