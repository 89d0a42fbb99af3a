using System.Security.Cryptography;
using System.Text.Json;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Files;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Trainer;

namespace CustomerValue.Serving.Jobs;

/// <summary>The jobs on disk, a folder each below <c>jobs</c> in the store, for its owner's eyes alone: what was sent, where it stands, what came of it.</summary>
/// <remarks>
/// A job comes to be by the renaming of its folder, and where it stands is a file that is written whole, by whoever has the turn. To stop one a mark is put beside that file, so that nobody writes over
/// another: a job that waits is cancelled by its mark alone. So jobs outlive the service, and several services may share a store.
/// </remarks>
internal sealed class JobFiles(ModelStore store, TimeProvider clock)
{
    private const int IdBytes = 16;
    private const string StateName = "job.json", StopName = "stop", TurnName = ".turn", Coming = ".coming-", Runs = "run-", Result = "result";

    /// <summary>Files that were sent lie in folders of these names.</summary>
    public const string Transactions = "transactions", Attributes = "attributes";

    private static readonly TimeSpan s_coming = TimeSpan.FromDays(1);

    private string Folder => Path.Combine(store.Folder, CustomerErasure.JobsFolder);

    /// <summary>An id for a job that is to be, and where its folder lies until <see cref="Publish"/>; nothing is made yet.</summary>
    public (string Id, string Coming) Begin()
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return (id, Path.Combine(Folder, Coming + id));
    }

    /// <summary>Makes a file that is sent for a job to be.</summary>
    /// <param name="coming">Folder of the job to be.</param>
    /// <param name="role">What the file is for.</param>
    /// <param name="name">Its name.</param>
    public FileStream Create(string coming, string role, string name)
    {
        foreach (string folder in (string[])[Folder, coming, Path.Combine(coming, role)])
            BroughtFile.MakeFolder(folder);
        return BroughtFile.Create(Path.Combine(coming, role, name));
    }

    /// <summary>Makes the folder of a job to be, where no file of it was sent.</summary>
    public void Prepare(string coming)
    {
        BroughtFile.MakeFolder(Folder);
        BroughtFile.MakeFolder(coming);
    }

    /// <summary>Makes a job of a folder.</summary>
    public void Publish(string coming, Job job)
    {
        WholeFile.Write(Path.Combine(coming, StateName), JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Default.Job));
        Directory.Move(coming, FolderOf(job.Id));
    }

    /// <summary>Whether a job was about to be, but is not: what ended in between has left its folder.</summary>
    public bool IsComing(string id) => Directory.Exists(Path.Combine(Folder, Coming + id));

    /// <summary>A job; null where there is none.</summary>
    public Job? Find(string id)
    {
        if (id.Length != 2 * IdBytes || !id.All(char.IsAsciiHexDigitLower))
            return null;
        try
        {
            Job? job = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(FolderOf(id), StateName)), JobJson.Default.Job);
            return job is { State: JobState.Queued } && IsStopped(id) ? job with { State = JobState.Cancelled, Finished = File.GetLastWriteTimeUtc(Path.Combine(FolderOf(id), StopName)) } : job;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>All jobs, the first given first.</summary>
    public IReadOnlyList<Job> All() => !Directory.Exists(Folder) ? [] : [.. Directory.EnumerateDirectories(Folder).Select(path => Find(Path.GetFileName(path))).OfType<Job>().OrderBy(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal)];

    /// <summary>Writes down where a job stands, unless it was taken away meanwhile.</summary>
    public void Write(Job job)
    {
        if (Exists(job.Id))
            WholeFile.Write(Path.Combine(FolderOf(job.Id), StateName), JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Default.Job));
    }

    /// <summary>Whether a job is there.</summary>
    public bool Exists(string id) => File.Exists(Path.Combine(FolderOf(id), StateName));

    /// <summary>Asks whoever works on a job to stop.</summary>
    public void Stop(string id)
    {
        if (Exists(id))
            File.WriteAllBytes(Path.Combine(FolderOf(id), StopName), []);
    }

    /// <summary>Whether a job is to stop.</summary>
    public bool IsStopped(string id) => File.Exists(Path.Combine(FolderOf(id), StopName));

    /// <summary>Takes a job away with all that belongs to it.</summary>
    public void Remove(string id)
    {
        if (Directory.Exists(FolderOf(id)))
            Directory.Delete(FolderOf(id), recursive: true);
    }

    /// <summary>Where a file of a job lies.</summary>
    /// <param name="id">The job.</param>
    /// <param name="input">The file; null where it reads none.</param>
    /// <param name="role">What it is for.</param>
    public string? PathOf(string id, JobInput? input, string role) => input is null ? null : input.Path ?? Path.Combine(FolderOf(id), role, input.Name);

    /// <summary>A fresh folder for results, in the place of those of runs that were broken off: a program of such a run, should it still live, finds its folder gone.</summary>
    public string NewRun(string id)
    {
        RemoveRuns(id);
        string run = Path.Combine(FolderOf(id), Runs + Path.GetRandomFileName());
        BroughtFile.MakeFolder(run);
        return run;
    }

    /// <summary>Takes results away.</summary>
    public void RemoveRuns(string id)
    {
        if (Directory.Exists(FolderOf(id)))
            foreach (string run in Directory.GetDirectories(FolderOf(id), Runs + "*"))
                Directory.Delete(run, recursive: true);
    }

    /// <summary>Takes away what was sent: nobody reads it again once there is a result.</summary>
    public void RemoveSent(string id)
    {
        foreach (string role in (string[])[Transactions, Attributes])
            if (Path.Combine(FolderOf(id), role) is var sent && Directory.Exists(sent))
                Directory.Delete(sent, recursive: true);
    }

    /// <summary>Path of a result in a folder of a run.</summary>
    public static string ResultIn(string run, JobForm form) => Path.Combine(run, $"{Result}.{form.Ending}");

    /// <summary>Path of a job's result; null where it is not there.</summary>
    public string? ResultOf(string id, JobForm form) => !Directory.Exists(FolderOf(id)) ? null : Directory.EnumerateDirectories(FolderOf(id), Runs + "*").Select(run => ResultIn(run, form)).FirstOrDefault(File.Exists);

    /// <summary>The right to work, held until it is disposed of; null while another service before the same store has it, or there are no jobs.</summary>
    public FileStream? TryTakeTurn()
    {
        try
        {
            return Directory.Exists(Folder) ? new FileStream(Path.Combine(Folder, TurnName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes away jobs that ended so long ago, what was sent for those that ended, and files that never came whole.</summary>
    public void Sweep(IEnumerable<Job> jobs, TimeSpan kept)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (Job old in jobs.Where(job => job.IsOver && now - job.Finished >= kept))
            Remove(old.Id);
        foreach (Job over in jobs.Where(job => job.IsOver))
            RemoveSent(over.Id);
        if (Directory.Exists(Folder))
            foreach (DirectoryInfo coming in new DirectoryInfo(Folder).EnumerateDirectories(Coming + "*").Where(coming => coming.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(coming).All(part => now - part.LastWriteTimeUtc > s_coming)))
                coming.Delete(recursive: true);
    }

    /// <summary>A message with the job's files by their names, and without places on this machine.</summary>
    public string Hidden(Job job, string message)
    {
        foreach ((JobInput? input, string role) in ((JobInput?, string)[])[(job.Transactions, Transactions), (job.Attributes, Attributes)])
            if (PathOf(job.Id, input, role) is { } path)
                message = message.Replace(path, input!.Name, StringComparison.Ordinal);
        return Errors.StorePath.Hidden(message.Replace(FolderOf(job.Id) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), store);
    }

    private string FolderOf(string id) => Path.Combine(Folder, id);
}

/// <summary>A form that results are in.</summary>
/// <param name="Word">Its name.</param>
/// <param name="Ending">What the names of such files end in.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record JobForm(string Word, string Ending, string MediaType)
{
    public static JobForm Csv { get; } = new("csv", "csv", "text/csv");

    public static JobForm Lines { get; } = new("ndjson", "ndjson", "application/x-ndjson");

    public static JobForm Parquet { get; } = new("parquet", "parquet", "application/vnd.apache.parquet");

    public static IReadOnlyList<JobForm> All { get; } = [Csv, Lines, Parquet];
}
