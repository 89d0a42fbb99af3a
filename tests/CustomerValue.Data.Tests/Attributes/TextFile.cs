using System.IO.Compression;
using System.Text;

namespace CustomerValue.Data.Tests.Attributes;

/// <summary>A file in the temporary folder that is gone after the test.</summary>
internal sealed class TextFile : IDisposable
{
    public TextFile(string text) : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public TextFile(byte[] bytes)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"customers-{Guid.NewGuid():n}.csv");
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public static byte[] Gzip(string text, CompressionLevel level = CompressionLevel.Fastest)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, level))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public void Dispose() => File.Delete(Path);
}
