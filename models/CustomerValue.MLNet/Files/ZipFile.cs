using System.IO.Compression;
using Microsoft.ML;

namespace CustomerValue.MLNet.Files;

/// <summary>ML.NET's model file, the same bytes for the same model: ML.NET stamps the time of day into it, this does not.</summary>
internal static class ZipFile
{
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="context">ML.NET's context.</param>
    /// <param name="model">The chain.</param>
    /// <param name="input">The columns it asks for.</param>
    public static byte[] Write(MLContext context, ITransformer model, DataViewSchema input)
    {
        using MemoryStream stamped = new(), plain = new();
        context.Model.Save(model, input, stamped);
        stamped.Position = 0;
        using (ZipArchive from = new(stamped, ZipArchiveMode.Read), to = new(plain, ZipArchiveMode.Create, leaveOpen: true))
            foreach (ZipArchiveEntry entry in from.Entries)
            {
                ZipArchiveEntry copy = to.CreateEntry(entry.FullName);
                copy.LastWriteTime = s_noTime;
                using Stream source = entry.Open(), destination = copy.Open();
                source.CopyTo(destination);
            }
        return plain.ToArray();
    }

    /// <summary>The component that a place of a model file asks for: the loader signature of ML.NET's model header.</summary>
    /// <returns>Null where the file has no such place.</returns>
    public static string? ComponentAt(byte[] zip, string place)
    {
        const int Signature = 0x50, SignatureBytes = 24;
        try
        {
            using ZipArchive archive = new(new MemoryStream(zip));
            if (archive.GetEntry($"{place}/Model.key") is not { } entry)
                return null;
            using Stream stream = entry.Open();
            byte[] header = new byte[Signature + SignatureBytes];
            stream.ReadExactly(header);
            return System.Text.Encoding.ASCII.GetString(header.AsSpan(Signature)).TrimEnd('\0');
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return null;
        }
    }
}
