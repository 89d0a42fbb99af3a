namespace CustomerValue.Strategy.Tests.Support;

/// <summary>A temporary folder of small input files.</summary>
internal sealed class InputFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("customer-value-strategy-");

    public string Write(string name, params string[] lines)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
