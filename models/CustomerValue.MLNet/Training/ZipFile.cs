using System.IO.Compression;
using Microsoft.ML;

namespace CustomerValue.MLNet.Training;

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
}
