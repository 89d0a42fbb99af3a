namespace CustomerValue.MLNet.Tests.Support;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("customer-value-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
