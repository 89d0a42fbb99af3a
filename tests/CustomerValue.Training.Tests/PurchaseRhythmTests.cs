using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Whether half of the customers have bought by the day that the plan calls the median.</summary>
public sealed class PurchaseRhythmTests(ITestOutputHelper output)
{
    /// <summary>Two days tell chance apart from a wrong rhythm by some 1.4 points each; seasons move the model's own median to 48 to 59 %.</summary>
    [Fact]
    public async Task Half_of_the_customers_of_a_real_shop_have_bought_by_their_median_day()
    {
        string[] files = [ReferenceData.File("uci_online_retail", "online_retail_2009_2010.csv.gz"), ReferenceData.File("uci_online_retail", "online_retail_2010_2011.csv.gz")];
        using Workspace workspace = new();
        await workspace.SucceedAsync("train", files[0], files[1], "--candidates", "bg-nbd", "--cutoff", "2011-06-01", "--promote", "always");
        ModelStore store = new(workspace.Store, TimeProvider.System);
        ScoringModel model = ScoringModel.Load(store.Open(store.Champion!), Entrants.Catalogue);
        TransactionLog log = TransactionReader.Read(files, new ReaderOptions(), null, TestContext.Current.CancellationToken).Log;
        List<double> own = [], corrected = [];
        foreach (DateOnly day in (DateOnly[])[new(2011, 6, 1), new(2011, 7, 1), new(2011, 8, 1), new(2011, 9, 1)])
        {
            Snapshot seen = model.Snapshot(log, null, day, withOutcomes: true, 2, TestContext.Current.CancellationToken);
            PurchaseRhythm rhythm = PurchaseRhythm.Learn(model, log, null, day, 2, TestContext.Current.CancellationToken);
            rhythm.IsCalibrated.Should().BeTrue();
            own.Add(Bought(seen, PurchaseRhythm.Uncorrected(model), model.Horizon.Days));
            corrected.Add(Bought(seen, rhythm, model.Horizon.Days));
            output.WriteLine($"{day:yyyy-MM-dd}: {own[^1]:P1} by the model's median day, {corrected[^1]:P1} by the corrected one");
        }
        corrected.Average().Should().BeInRange(0.48, 0.54);
        corrected.Should().OnlyContain(share => share >= 0.45 && share <= 0.56);
        corrected.Sum(share => Math.Abs(share - 0.5)).Should().BeLessThan(own.Sum(share => Math.Abs(share - 0.5)));
    }

    /// <summary>Of those whose median day lies within the horizon, the share who had bought by its end.</summary>
    private static double Bought(Snapshot seen, PurchaseRhythm rhythm, Horizon horizon)
    {
        double[] median = rhythm.Days(seen, 0.5);
        int due = 0, bought = 0;
        for (int i = 0; i < median.Length; i++)
        {
            if (median[i] > horizon.Days)
                continue;
            due++;
            bought += seen.Outcomes!.DaysToNextPurchase[i] + 1 <= Math.Ceiling(median[i]) ? 1 : 0;
        }
        return (double)bought / due;
    }
}
