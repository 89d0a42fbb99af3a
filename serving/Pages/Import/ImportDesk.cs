using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Trainer;

namespace CustomerValue.Serving.Pages.Import;

/// <summary>Uploaded files and what is done with them: looked at, and trained on, one at a time, by the training program.</summary>
internal sealed class ImportDesk(ModelStore store, TrainingProgram training, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int IdBytes = 16, MostLines = 400;

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);
    private volatile TrainingJob? _job;

    /// <summary>The training that runs or ran last; null where none did since the service started.</summary>
    public TrainingJob? Job => _job;

    /// <summary>Whether the training program is there.</summary>
    public bool IsPossible => training.Call() is not null;

    /// <summary>Why not.</summary>
    public string Missing => training.Missing;

    private string Folder => Path.Combine(store.Folder, CustomerErasure.UploadsFolder);

    /// <summary>Keeps a file, readable by its owner only.</summary>
    /// <param name="name">Its name; only its last part counts.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <returns>The name under which it is asked for.</returns>
    public async Task<string> KeepAsync(string name, Stream content, CancellationToken cancellation)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), folder = Path.Combine(Folder, id);
        Directory.CreateDirectory(Folder);
        RemoveOld();
        BroughtFile.MakeFolder(folder);
        try
        {
            await using FileStream file = BroughtFile.Create(Path.Combine(folder, BroughtFile.NameOf(name)));
            await content.CopyToAsync(file, cancellation);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
        return id;
    }

    /// <summary>Files of customers are not kept for ever: what was uploaded a week ago is not needed any more.</summary>
    private void RemoveOld()
    {
        foreach (DirectoryInfo old in new DirectoryInfo(Folder).EnumerateDirectories().Where(one => clock.GetUtcNow() - one.LastWriteTimeUtc > s_kept))
            old.Delete(recursive: true);
    }

    /// <summary>Path of a kept file; null where there is none of the name.</summary>
    public string? Find(string? id) => id is { Length: 2 * IdBytes } && id.All(char.IsAsciiHexDigitLower) && Directory.Exists(Path.Combine(Folder, id)) ? Directory.EnumerateFiles(Path.Combine(Folder, id)).FirstOrDefault() : null;

    /// <summary>What the training program understands of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What <c>validate --json</c> gives, or what is wrong in words.</returns>
    public async Task<(JsonNode? Answer, string Wrong)> LookAsync(string path, IEnumerable<string> options, CancellationToken cancellation)
    {
        List<string> lines = [];
        await training.RunAsync(["validate", "--transactions", path, "--json", "--quiet", .. options], lines.Add, cancellation);
        int begin = lines.IndexOf("{"), end = lines.LastIndexOf("}");
        string told = string.Join('\n', lines.Where((_, i) => begin < 0 || i < begin || i > end)).Replace(path, Path.GetFileName(path), StringComparison.Ordinal).Trim();
        if (begin < 0 || end < begin)
            return (null, told);
        JsonNode? answer = JsonNode.Parse(string.Join('\n', lines[begin..(end + 1)]));
        return answer?["error"]?["message"]?.GetValue<string>() is { } wrong ? (null, wrong.Replace(path, Path.GetFileName(path), StringComparison.Ordinal)) : (answer, told);
    }

    /// <summary>Begins to train, unless another training runs.</summary>
    /// <returns>False where another runs.</returns>
    public bool Train(string path, IReadOnlyList<string> options)
    {
        TrainingJob job = new(Path.GetFileName(path), CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping));
        TrainingJob? before = _job;
        if (before is { IsOver: false } || Interlocked.CompareExchange(ref _job, job, before) != before)
            return false;
        _ = RunAsync(job, path, options);
        return true;
    }

    private async Task RunAsync(TrainingJob job, string path, IReadOnlyList<string> options)
    {
        try
        {
            int code = await training.RunAsync(["train", "--transactions", path, "--store", store.Folder, .. training.Keys(signs: true), .. options], line =>
            {
                if (job.Lines.Count < MostLines)
                    job.Lines.Enqueue(line.Replace(path, job.File, StringComparison.Ordinal).Replace(store.Folder, "store", StringComparison.Ordinal));
            }, job.Stop.Token);
            job.End(code == 0 ? TrainingEnd.Done : TrainingEnd.Failed);
        }
        catch (OperationCanceledException)
        {
            job.End(TrainingEnd.Stopped);
        }
        catch (Exception error) // whatever it is, the page says that the training did not come to its end
        {
            job.Lines.Enqueue(error.Message);
            job.End(TrainingEnd.Failed);
        }
    }
}

/// <summary>How a training ended.</summary>
internal enum TrainingEnd
{
    None,
    Done,
    Failed,
    Stopped,
}

/// <summary>A training on an uploaded file.</summary>
/// <param name="file">Name of the file.</param>
/// <param name="stop">Stops it.</param>
internal sealed class TrainingJob(string file, CancellationTokenSource stop)
{
    private volatile int _end;

    public string File { get; } = file;

    public CancellationTokenSource Stop { get; } = stop;

    /// <summary>What the program said.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    public TrainingEnd How => (TrainingEnd)_end;

    public bool IsOver => How != TrainingEnd.None;

    public void End(TrainingEnd how) => _end = (int)how;
}
