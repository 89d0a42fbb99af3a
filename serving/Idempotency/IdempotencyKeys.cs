using System.Security.Cryptography;
using System.Text;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Idempotency;

/// <summary>
/// Calls that make something and name themselves (<c>Idempotency-Key</c>), so that one that is sent again because its answer was lost makes nothing twice. A file each beside the jobs, under a name that tells
/// neither caller nor key; held alone while a call is worked on, by whichever service before the store.
/// </summary>
internal sealed partial class IdempotencyKeys(ModelStore store, Outages outages, TimeProvider clock, ILogger<IdempotencyKeys> log)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Said with an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    public const int Longest = 200;

    private const int Taken = 11, TakenOnMac = 35, TakenOnWindows = 32;
    private static readonly string s_folder = Path.Combine(CustomerBook.Erasure.CustomerErasure.JobsFolder, ".keys");
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the first answer is given again.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromHours(24);

    private string Folder => Path.Combine(store.Folder, s_folder);

    /// <summary>Takes the key of a call for as long as it is worked on, after whoever has it now; null where the call names none.</summary>
    /// <exception cref="ProblemException">It is no key, or cannot be kept.</exception>
    public async Task<IdempotencyKey?> TakeAsync(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues sent))
            return null;
        if (sent is not [{ Length: >= 1 and <= Longest } key] || key.Any(letter => letter is <= ' ' or > '~'))
            throw new ProblemException(IdempotencyProblems.NoKey);
        string call = $"{context.User.Name()}\n{context.Request.Method} {context.Request.Path}\n{key}";
        string path = Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call))));
        while (true)
        {
            try
            {
                return new IdempotencyKey(Open(path), clock);
            }
            catch (IOException error) when ((error.HResult & 0xFFFF) is Taken or TakenOnMac or TakenOnWindows)
            {
                await Task.Delay(s_look, context.RequestAborted);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                string why = StorePath.Hidden(error.Message, store);
                if (outages.IsNews(why))
                    LogNotKept(why);
                throw new ProblemException(Problems.Unavailable($"The store keeps no {Header}: {why.TrimEnd('.')}. Nothing was done; send the call again later."));
            }
        }
    }

    /// <summary>Takes away keys of long ago. They stay for twice their time, so that none goes while its last call is answered.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (FileInfo old in new DirectoryInfo(Folder).EnumerateFiles().Where(file => clock.GetUtcNow() - file.LastWriteTimeUtc > 2 * Kept))
            old.Delete();
    }

    private FileStream Open(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
        {
            foreach (string folder in (string[])[Path.GetDirectoryName(Folder)!, Folder])
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    [LoggerMessage(LogLevel.Error, "Idempotency keys cannot be kept: {Reason}")]
    private partial void LogNotKept(string reason);
}
