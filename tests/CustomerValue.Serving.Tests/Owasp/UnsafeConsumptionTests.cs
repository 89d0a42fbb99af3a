using System.Net;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API10: what the service reads from elsewhere is not trusted: a damaged database of keys opens nothing.</summary>
public sealed class UnsafeConsumptionTests(TrainedStore trained)
{
    [Fact]
    public async Task A_damaged_database_of_keys_opens_nothing()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new string('x', 10_000));
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", $"Data Source={file}"));

        (await host.PostAsync("/v1/predictions", LockedHost.Prediction)).ShouldBeProblem(503, "unavailable");
        (await host.GetAsync("/v1/models")).ShouldBeProblem(503, "unavailable");
        (await host.GetAsync("/health/live")).Status.Should().Be(HttpStatusCode.OK);
        File.Delete(file);
    }
}
