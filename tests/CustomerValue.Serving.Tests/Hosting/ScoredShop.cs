using CustomerValue.Data.Transactions;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>A store whose book the program wrote, and the service before it.</summary>
public sealed class ScoredShop : IDisposable
{
    public ScoredShop(TrainedStore trained)
    {
        Store = trained.Copy().Folder;
        Folder = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(trained.Fresh(), "x")))!;
        Directory.CreateDirectory(Folder);
        Orders = TrainingProcess.File(Folder, trained.Rows);
        TrainingProcess.Run(Folder, "score", "--transactions", Orders, "--store", Store);
        Campaigns = Path.Combine(Folder, "campaigns");
        Rows = trained.Rows;
        Host = ServingHost.Start(Store, ("Campaigns", Campaigns));
    }

    /// <summary>A folder for files.</summary>
    public string Folder { get; }

    /// <summary>The transactions.</summary>
    public string Orders { get; }

    /// <summary>Folder of the model store.</summary>
    public string Store { get; }

    /// <summary>Folder of the campaigns.</summary>
    public string Campaigns { get; }

    internal IReadOnlyList<Transaction> Rows { get; }

    internal ServingHost Host { get; }

    public void Dispose() => Host.Dispose();
}
