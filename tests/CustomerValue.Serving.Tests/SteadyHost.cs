using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>One host on the unchanged store, for tests that only ask.</summary>
public sealed class SteadyHost(TrainedStore trained) : IDisposable
{
    internal ServingHost Host { get; } = ServingHost.Start(trained.Folder, ("Predictions:MaxTransactionsPerCustomer", "50"), ("Predictions:MaxBodyBytes", "16777216"));

    public void Dispose() => Host.Dispose();
}
