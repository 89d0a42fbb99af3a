using System.IO.Compression;
using System.Text;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>A temporary folder for the files of one test, and short ways to read them.</summary>
internal sealed class ReadingFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("customer-value-reading-");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public string WriteGzip(string name, string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return Write(name, packed.ToArray());
    }

    public ReadResult Read(string text, ReaderOptions? options = null) => TransactionReader.Read([Write("orders.csv", text)], options ?? new ReaderOptions { Threads = 1 });

    public void Dispose() => _folder.Delete(recursive: true);
}
