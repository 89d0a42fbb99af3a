using System.Text;

namespace CustomerValue.Data.Files;

/// <summary>A file that is written whole or not at all: under a temporary name beside its own, flushed to disk, and renamed as the last step.</summary>
/// <remarks>
/// An earlier file of the name stays until then. A process killed on the way leaves its temporary file; the next writer of the same file removes it. Which temporary
/// files have lost their writer is told by their locks.
/// </remarks>
public sealed class WholeFile : IDisposable
{
    private const string Ending = ".partial";
    private const int BufferSize = 1 << 16;

    private readonly string _temporary;
    private readonly FileStream _stream;

    /// <summary>Opens the temporary file; makes the folder where there is none.</summary>
    /// <param name="path">The file to be.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public WholeFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(Path)!, prefix = $".{System.IO.Path.GetFileName(Path)}.";
        Directory.CreateDirectory(folder);
        RemoveAbandoned(folder, prefix);
        _temporary = System.IO.Path.Combine(folder, prefix + System.IO.Path.GetRandomFileName() + Ending);
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
    }

    /// <summary>The file to be, in full.</summary>
    public string Path { get; }

    /// <summary>Takes the content.</summary>
    public Stream Content => _stream;

    /// <summary>Writes a file, replacing an earlier one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using WholeFile file = new(path);
        write(file.Content);
        file.Publish();
    }

    /// <summary>Writes a file of bytes, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using WholeFile file = new(path);
        file.Content.Write(content);
        file.Publish();
    }

    /// <summary>Writes a file of text as UTF-8 without a mark, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

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
