using CustomerValue.Data.Files;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Demo;

/// <summary>What the simulated shop pays for what its customers make it do: half a unit of money a minute.</summary>
internal static class DemoRates
{
    private const string FileName = "rates.csv";
    private static readonly string[] s_activities = ["delivery", "return_handling", "call", "complaint"];

    /// <summary>Writes <c>rates.csv</c> beside the simulated files.</summary>
    public static void Write(string folder) =>
        WholeFile.Write(Path.Combine(folder, FileName), string.Concat(["activity,cost_per_minute\n", .. s_activities.Select(activity => $"{activity},0.5\n")]), FileReaders.Anyone);

    /// <summary>What strategy rests on beside the transactions: activities with their rates, and referrals.</summary>
    public static StrategySources Beside(string folder) => StrategySources.None with
    {
        Activities = Path.Combine(folder, "activities.csv"),
        Referrals = Path.Combine(folder, "referrals.csv"),
        Rates = Path.Combine(folder, FileName),
    };
}
