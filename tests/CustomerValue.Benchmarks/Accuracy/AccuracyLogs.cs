using CustomerValue.Data.Transactions;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>The logs on which accuracy is measured: public ones from a folder, and simulated shops.</summary>
/// <param name="folder">Where the public files lie, as <c>cdnow/</c> and <c>uci_online_retail/</c>.</param>
internal sealed class AccuracyLogs(string folder)
{
    private readonly Dictionary<string, TransactionLog> _read = new(StringComparer.Ordinal);

    /// <summary>Files of the public logs.</summary>
    private static readonly Dictionary<string, string[]> s_files = new(StringComparer.Ordinal)
    {
        ["cdnow-sample"] = ["cdnow/cdnow_sample.csv.gz"],
        ["cdnow-master"] = ["cdnow/cdnow_master.csv.gz"],
        ["online-retail"] = ["uci_online_retail/online_retail_2009_2010.csv.gz", "uci_online_retail/online_retail_2010_2011.csv.gz"],
    };

    /// <summary>Whether what a log is read from is there; simulated ones always are.</summary>
    public bool Has(string name) => !s_files.TryGetValue(name, out string[]? files) || files.All(file => File.Exists(Path.Combine(folder, file)));

    /// <summary>The log of a name, read or simulated once.</summary>
    public TransactionLog this[string name]
    {
        get
        {
            if (!_read.TryGetValue(name, out TransactionLog? log))
                _read.Add(name, log = s_files.TryGetValue(name, out string[]? files)
                    ? TransactionReader.Read([.. files.Select(file => Path.Combine(folder, file))], new ReaderOptions { Returns = ReturnsPolicy.Ignore }).Log
                    : SimulatedShop.Log(name));
            return log;
        }
    }
}
