namespace CustomerValue.Client;

/// <summary>A file that is sent with a job.</summary>
/// <param name="Name">Its name; the ending tells the service what it may be.</param>
/// <param name="Open">Opens it, anew for every time it is sent.</param>
public sealed record JobFile(string Name, Func<Stream> Open)
{
    /// <summary>A file of this machine.</summary>
    public static JobFile At(string path) => new(Path.GetFileName(path), () => File.OpenRead(path));

    /// <summary>A file that is in memory.</summary>
    public static JobFile Of(string name, byte[] content) => new(name, () => new MemoryStream(content, writable: false));
}
