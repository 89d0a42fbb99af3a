using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.MLNet.Tests;

public sealed class PoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_pool_scores_as_the_converted_trees_also_at_another_horizon()
    {
        ModelStore store = new(_folder.Path, TimeProvider.System);
        VersionReader reader = store.Open(SmallShop.Publish(store, SmallShop.Input, SmallShop.Race).Version);
        Snapshot snapshot = SmallShop.Race.Latest;
        foreach (int days in new[] { SmallShop.HorizonDays, 120 })
        {
            Forecast pooled = SmallShop.Entrants(fromPool: true).Read("ml-net-fast-tree", reader).Predict(snapshot, days), converted = SmallShop.Model.Predict(snapshot, days);
            for (int i = 0; i < pooled.Count; i++)
            {
                pooled.ChurnProbability[i].Should().BeApproximately(converted.ChurnProbability[i], 1e-5);
                pooled.ExpectedPurchases[i].Should().BeApproximately(converted.ExpectedPurchases[i], 1e-5 * Math.Max(1, converted.ExpectedPurchases[i]));
            }
        }
    }

    [Fact]
    public async Task Across_a_hundred_promotions_under_load_every_answer_is_of_the_version_it_names()
    {
        const int Promotions = 100;
        ModelStore store = new(_folder.Path, TimeProvider.System);
        RaceResult later = SmallShop.Run(SmallShop.Later);
        string[] versions = [SmallShop.Publish(store, SmallShop.Input, SmallShop.Race).Version, SmallShop.Publish(store, SmallShop.Later, later).Version];
        Snapshot snapshot = SmallShop.Race.Latest;
        Dictionary<string, double> truth = new()
        {
            [versions[0]] = SmallShop.Model.Predict(snapshot, SmallShop.HorizonDays).ExpectedSpend.Sum(),
            [versions[1]] = SmallShop.ModelOf(later).Predict(snapshot, SmallShop.HorizonDays).ExpectedSpend.Sum(),
        };
        truth[versions[0]].Should().NotBeApproximately(truth[versions[1]], 1, "the versions can be told apart");
        CandidateCatalogue pooled = SmallShop.Entrants(fromPool: true);
        Served serving = Load(0);
        int answers = 0, wrong = 0;
        using CancellationTokenSource done = new();
        Task[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Served served = Volatile.Read(ref serving);
                double sum = served.Model.Predict(snapshot, SmallShop.HorizonDays).ExpectedSpend.Sum();
                Interlocked.Increment(ref answers);
                if (Math.Abs(sum - truth[served.Version]) > 1e-4 * truth[served.Version])
                    Interlocked.Increment(ref wrong);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        for (int promotion = 1; promotion <= Promotions; promotion++)
        {
            Volatile.Write(ref serving, Load(promotion));
            int heard = Volatile.Read(ref answers);
            while (Volatile.Read(ref answers) < heard + 2 && !callers.Any(caller => caller.IsFaulted))
                await Task.Yield();
        }
        await done.CancelAsync();
        await Task.WhenAll(callers);

        wrong.Should().Be(0);
        answers.Should().BeGreaterThan(2 * Promotions);

        Served Load(int promotion)
        {
            store.Promote(versions[promotion % 2]);
            string version = store.Champion!;
            return new Served(version, pooled.Read("ml-net-fast-tree", store.Open(version)));
        }
    }

    private sealed record Served(string Version, ICustomerModel Model);
}
