namespace CustomerValue.Serving.Pages.Shell;

/// <summary>A file that a form sent, in a folder of its own until it was read.</summary>
internal sealed class UploadedFile : IDisposable
{
    private readonly string _folder, _sent;

    private UploadedFile(string folder, string sent)
    {
        (_folder, _sent) = (folder, System.IO.Path.GetFileName(sent));
        Path = System.IO.Path.Combine(folder, "file.csv");
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    public static async Task<UploadedFile> KeepAsync(IFormFile sent, CancellationToken cancellation)
    {
        UploadedFile file = new(Directory.CreateTempSubdirectory("upload-").FullName, sent.FileName);
        try
        {
            await using FileStream copy = File.Create(file.Path);
            await sent.CopyToAsync(copy, cancellation);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A message about it under the name that the visitor knows.</summary>
    public string Named(string message) => message.Replace(Path, _sent, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
