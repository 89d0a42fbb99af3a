namespace CustomerValue.Training.Hosting;

/// <summary>Writes a file under another name and renames it when whole.</summary>
internal static class PartialFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes the file, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        string staged = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.partial");
        try
        {
            using (FileStream stream = new(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(staged, full, overwrite: true);
        }
        finally
        {
            File.Delete(staged);
        }
    }
}
