using System.Text;

namespace CustomerValue.Models.Store;

/// <summary>Writes that survive a crash: flushed to disk, and replaced by rename where a file of the name stands already.</summary>
internal static class DurableFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    public static void Replace(string path, string line)
    {
        string staged = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Write(staged, Encoding.UTF8.GetBytes(line + "\n"));
            File.Move(staged, path, overwrite: true);
        }
        finally
        {
            File.Delete(staged);
        }
    }
}
