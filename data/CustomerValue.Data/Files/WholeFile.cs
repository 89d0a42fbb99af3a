using System.Text;

namespace CustomerValue.Data.Files;

/// <summary>Who may read a file, where the system knows permissions.</summary>
public enum FileReaders
{
    /// <summary>Its owner alone: what holds customer data.</summary>
    Owner,

    /// <summary>Whoever the owner's mask lets: models, playbooks, pictures.</summary>
    Anyone,
}

/// <summary>A file that is written whole or not at all: under a temporary name beside its own, flushed to disk, and renamed as the last step.</summary>
/// <remarks>
/// An earlier file of the name stays until then. A process killed on the way leaves its temporary file; the next writer of the same file removes it. Which temporary
/// files have lost their writer is told by their locks. Unless told otherwise a file is readable by its owner alone, for most of what is written speaks of customers.
/// </remarks>
public sealed class WholeFile : IDisposable
{
    private const string Ending = ".partial";
    private const int BufferSize = 1 << 16;

    private readonly string _temporary;
    private readonly FileStream _stream;

    /// <summary>Opens the temporary file; makes the folder where there is none.</summary>
    /// <param name="path">The file to be.</param>
    /// <param name="readers">Who may read it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public WholeFile(string path, FileReaders readers = FileReaders.Owner)
    {
        Path = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(Path)!, prefix = $".{System.IO.Path.GetFileName(Path)}.";
        Directory.CreateDirectory(folder);
        RemoveAbandoned(folder, prefix);
        _temporary = System.IO.Path.Combine(folder, prefix + System.IO.Path.GetRandomFileName() + Ending);
        // A lock that readers share: it is held until the file has its name, and a reader may come in between. Writers who look for abandoned files ask for it alone.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = BufferSize };
        if (readers == FileReaders.Owner && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _stream = new FileStream(_temporary, options);
    }

    /// <summary>The file to be, in full.</summary>
    public string Path { get; }

    /// <summary>Takes the content.</summary>
    public Stream Content => _stream;

    /// <summary>Writes a file, replacing an earlier one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="readers">Who may read it.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, Action<Stream> write, FileReaders readers = FileReaders.Owner)
    {
        using WholeFile file = new(path, readers);
        write(file.Content);
        file.Publish();
    }

    /// <summary>Writes a file of bytes, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, FileReaders readers = FileReaders.Owner)
    {
        using WholeFile file = new(path, readers);
        file.Content.Write(content);
        file.Publish();
    }

    /// <summary>Writes a file of text as UTF-8 without a mark, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, string text, FileReaders readers = FileReaders.Owner) => Write(path, Encoding.UTF8.GetBytes(text), readers);

    /// <summary>Flushes the content to disk and gives the file its name.</summary>
    /// <exception cref="IOException">The disk is full, or the name is taken by a folder; an earlier file stays.</exception>
    public void Publish()
    {
        _stream.Flush(flushToDisk: true);
        // Windows renames no open file; elsewhere the lock is held until the name is given.
        if (OperatingSystem.IsWindows())
            _stream.Dispose();
        File.Move(_temporary, Path, overwrite: true);
        _stream.Dispose();
    }

    /// <summary>Removes the temporary file where the whole one was not published.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        finally
        {
            File.Delete(_temporary);
        }
    }

    private static void RemoveAbandoned(string folder, string prefix)
    {
        foreach (string path in Directory.EnumerateFiles(folder, prefix + "*" + Ending))
            try
            {
                using FileStream unlocked = new(path, FileMode.Open, FileAccess.Write, FileShare.None);
                File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Its writer still writes, or it is another user's.
            }
    }
}
