using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>A version is tried against the champion: in the shadow, on some customers, and taken off by itself.</summary>
public sealed class ChallengerTests(TrainedStore trained)
{
    private static readonly DateOnly s_asOf = new(2024, 9, 1);

    [Fact]
    public async Task In_the_shadow_it_changes_no_answer_and_its_differences_are_told()
    {
        using ServingHost host = ServingHost.Start(trained.Copy().Folder, ("Challenger:ShadowShare", "1"));
        using HostMeasurements measured = host.Measure();
        (await host.GetAsync("/v1/models/challenger")).ShouldBeProblem(404, "no-challenger");
        string call = Call(3), before = (await host.PostAsync("/v1/predictions", call)).Text;
        JsonNode tried = (await host.PostAsync($"/v1/models/{trained.Newer}/challenge", "")).Json;
        tried["loaded"]!.GetValue<string>().Should().Be(trained.Newer);

        JsonNode details = null!;
        for (int attempt = 0; attempt < 200 && details?["compared_calls"]!.GetValue<int>() is null or < 3; attempt++)
        {
            (await host.PostAsync("/v1/predictions", call)).Text.Should().Be(before);
            await Task.Delay(20);
            details = (await host.GetAsync("/v1/models/challenger")).Json;
        }

        // The lane may be at work on the last call still: what it adds is read when it has come to rest.
        await UntilAsync(async () => (details = (await host.GetAsync("/v1/models/challenger")).Json)["differences"]!["customers"]!.GetValue<long>() == 3 * details["compared_calls"]!.GetValue<long>());
        JsonNode churn = details!["differences"]!["figures"]![0]!;
        double said = Mean(JsonNode.Parse(before)!);
        await host.PostAsync($"/v1/models/{trained.Newer}/promote", "");
        (await host.GetAsync("/v1/models/challenger")).ShouldBeProblem(404, "no-challenger"); // the champion is tried against nobody
        double other = Mean((await host.PostAsync("/v1/predictions", call)).Json);
        churn["champion"]!.GetValue<double>().Should().BeApproximately(said, 1e-12);
        churn["challenger"]!.GetValue<double>().Should().BeApproximately(other, 1e-12);
        details["churn_shift"]!.GetValue<double>().Should().BeApproximately(other - said, 1e-12);
        details["differences"]!["customers"]!.GetValue<long>().Should().Be(3 * details["compared_calls"]!.GetValue<long>());
        churn["p10"]!.GetValue<double>().Should().BeLessThanOrEqualTo(churn["p50"]!.GetValue<double>());
        measured.Count("customer_value.challenger.difference", ("figure", "churn_probability"), ("model.version", trained.Newer)).Should().BeGreaterThanOrEqualTo(9);
        measured.Count("customer_value.challenger.relative.difference", ("figure", "expected_spend")).Should().BeGreaterThanOrEqualTo(9);
        measured.Sum("customer_value.challenger.calls", ("outcome", "compared")).Should().BeGreaterThanOrEqualTo(3);

        static double Mean(JsonNode answer) => answer["predictions"]!.AsArray().Average(one => one!["churn_probability"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_customer_meets_the_same_version_while_the_share_grows()
    {
        string store = trained.Copy().Folder;
        new ModelStore(store, TimeProvider.System).Challenge(trained.Newer);
        Dictionary<string, string[]> met = [];
        foreach (string share in (string[])["0.2", "0.2", "0.6"])
        {
            using ServingHost host = ServingHost.Start(store, ("Challenger:CanaryShare", share), ("Challenger:ShadowShare", "0"), ("Challenger:MaxChurnShift", "1"));
            await UntilAsync(async () => (await host.GetAsync("/health/ready")).Json["challenger"]?["loaded"] is not null);
            string[] canaries = [.. await CanariesAsync(host)];
            if (met.TryGetValue(share, out string[]? same))
                canaries.Should().Equal(same);
            met[share] = canaries;
            (await host.PostAsync("/v1/predictions", Call(2))).Json["model_version"]!.GetValue<string>().Should().Be(trained.Older, "a call of several has one version");
        }

        // 200 customers: the share of a fair draw lies within four standard deviations, 4 sqrt(.6 .4 / 200) = .14.
        met["0.2"].Length.Should().BeInRange(17, 63);
        met["0.6"].Length.Should().BeInRange(92, 148);
        met["0.6"].Should().Contain(met["0.2"]);

        async Task<List<string>> CanariesAsync(ServingHost host)
        {
            List<string> found = [];
            for (int i = 0; i < 200; i++)
                if ((await host.PostAsync("/v1/predictions", One($"canary-{i}"))).Json["model_version"]!.GetValue<string>() == trained.Newer)
                    found.Add($"canary-{i}");
            return found;
        }
    }

    [Fact]
    public async Task Whose_churn_lies_far_off_is_taken_off_by_itself()
    {
        string store = trained.Copy().Folder;
        using ServingHost host = ServingHost.Start(store, ("Challenger:CanaryShare", "1"), ("Challenger:MaxChurnShift", "0"), ("Challenger:MinCalls", "4"));
        using HostMeasurements measured = host.Measure();
        await host.PostAsync($"/v1/models/{trained.Newer}/challenge", "");
        (await host.PostAsync("/v1/predictions", One("a"))).Json["model_version"]!.GetValue<string>().Should().Be(trained.Newer);

        await UntilAsync(async () =>
        {
            await host.PostAsync("/v1/predictions", One("a"));
            return (await host.GetAsync("/v1/models/challenger")).Status == System.Net.HttpStatusCode.NotFound;
        });

        (await host.PostAsync("/v1/predictions", One("a"))).Json["model_version"]!.GetValue<string>().Should().Be(trained.Older);
        File.Exists(Path.Combine(store, "challenger")).Should().BeFalse();
        (await File.ReadAllTextAsync(Path.Combine(store, "challenger.off"))).Trim().Should().Be(trained.Newer);
        await UntilAsync(async () => (await host.Services.GetRequiredService<AccessDatabase>().AuditAsync(10)).Any(record => record.Who == "service" && record.What == "take challenger off"));
        host.Log.Count(line => line.Contains("is taken off") && line.Contains("mean churn")).Should().Be(1);
        measured.Sum("customer_value.model.returns", ("reason", "churn"), ("role", "challenger")).Should().Be(1);
    }

    [Fact]
    public async Task Who_fails_as_a_canary_is_answered_for_and_taken_off_and_as_a_new_champion_rolled_back()
    {
        (ModelStore store, string version) = trained.With(new Moody());
        using ServingHost host = ServingHost.StartWith(new Moody(), store.Folder, ("Challenger:CanaryShare", "1"), ("Challenger:MaxChurnShift", "1"), ("Challenger:MinCalls", "10"), ("Challenger:MaxErrorRate", "0.2"));
        await host.PostAsync($"/v1/models/{version}/challenge", "");
        (await host.PostAsync("/v1/predictions", One("a"))).Json["model_version"]!.GetValue<string>().Should().Be(version);

        Moody.Fails = true;
        try
        {
            for (int i = 0; i < 8; i++)
                (await host.PostAsync("/v1/predictions", One("a"))).Json["model_version"]!.GetValue<string>().Should().Be(trained.Older, "nobody pays for a trial");
            (await host.GetAsync("/v1/models/challenger")).Json["last_failure"]!["kind"]!.GetValue<string>().Should().Be(nameof(InvalidOperationException));
            await host.PostAsync("/v1/predictions", One("a"));
            await UntilAsync(async () => (await host.GetAsync("/v1/models/challenger")).Status == System.Net.HttpStatusCode.NotFound);

            Moody.Fails = false;
            (await host.PostAsync($"/v1/models/{version}/promote", "")).Json["serving"]!.GetValue<string>().Should().Be(version);
            (await host.PostAsync("/v1/predictions", One("a"))).Json["model_version"]!.GetValue<string>().Should().Be(version);
            Moody.Fails = true;
            int failed = 0;
            await UntilAsync(async () =>
            {
                Answer answer = await host.PostAsync("/v1/predictions", One("a"));
                failed += (int)answer.Status == 500 ? 1 : 0;
                return answer.Status == System.Net.HttpStatusCode.OK;
            });
            failed.Should().BeInRange(9, 40);
            store.Champion.Should().Be(trained.Older);
            JsonNode champion = (await host.GetAsync("/v1/models/champion")).Json;
            champion["version"]!.GetValue<string>().Should().Be(trained.Older);
            champion["failures"]!.GetValue<int>().Should().Be(0);
            host.Log.Count(line => line.Contains("is taken off") && line.Contains("calls failed")).Should().Be(2);
            await UntilAsync(async () => (await host.Services.GetRequiredService<AccessDatabase>().AuditAsync(10)).Any(record => record.Who == "service" && record.What == "roll back"));
        }
        finally
        {
            Moody.Fails = false;
        }
    }

    [Fact]
    public async Task A_champion_that_always_failed_a_little_stays_and_callers_faults_are_none_of_its_own()
    {
        (ModelStore store, string version) = trained.With(new Moody());
        store.Promote(version);
        using ServingHost host = ServingHost.StartWith(new Moody(), store.Folder, ("Challenger:MinCalls", "3"), ("Challenger:MaxErrorRate", "0"));
        for (int i = 0; i < 10; i++)
            await host.PostAsync("/v1/predictions", "{}");
        (await host.GetAsync("/v1/models/champion")).Json["failures"]!.GetValue<int>().Should().Be(0);

        Moody.Fails = true;
        try
        {
            for (int i = 0; i < 10; i++)
                (await host.PostAsync("/v1/predictions", One("a"))).ShouldBeProblem(500, "internal");
        }
        finally
        {
            Moody.Fails = false;
        }

        await Task.Delay(300);
        store.Champion.Should().Be(version, "it was not promoted while the service ran: there is nothing better to go back to");
        (await host.GetAsync("/health/ready")).Json["last_failure"]!["kind"]!.GetValue<string>().Should().Be(nameof(InvalidOperationException));
    }

    [Fact]
    public async Task A_damaged_challenger_is_refused_and_told_and_the_champion_goes_on()
    {
        ModelStore store = trained.Copy();
        await File.WriteAllTextAsync(store.ChallengerPath, trained.Newer);
        await File.AppendAllTextAsync(Path.Combine(store.Folder, trained.Newer, "recipe.json"), " ");
        using ServingHost host = ServingHost.Start(store.Folder);

        await UntilAsync(async () => (await host.GetAsync("/health/ready")).Json["challenger"]?["refused"] is not null);

        Answer told = await host.GetAsync("/v1/models/challenger");
        told.Json["refused"]!["reason"]!.GetValue<string>().Should().Contain("recipe.json").And.NotContain(store.Folder);
        (await host.PostAsync($"/v1/models/{trained.Newer}/challenge", "")).ShouldBeProblem(409, "version-refused");
        (await host.PostAsync($"/v1/models/{trained.Older}/challenge", "")).ShouldBeProblem(409, "version-refused");
        (await host.PostAsync("/v1/models/20200101-000000-00000000/challenge", "")).ShouldBeProblem(404, "unknown-version");
        (await host.PostAsync("/v1/predictions", Call(2))).Json["model_version"]!.GetValue<string>().Should().Be(trained.Older);
        (await Answer.ReadAsync(await host.Client.DeleteAsync(new Uri("/v1/models/challenger", UriKind.Relative)))).Json["before"]!.GetValue<string>().Should().Be(trained.Newer);
        (await host.GetAsync("/health/ready")).Json["challenger"].Should().BeNull();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (int attempt = 0; attempt < 400 && !await holds(); attempt++)
            await Task.Delay(25);
        (await holds()).Should().BeTrue("within ten seconds");
    }

    private string Call(int customers) => SimulatedCustomers.ToRequest(s_asOf, trained.Rows.Where(row => row.Day < s_asOf).GroupBy(row => row.CustomerId).Take(customers)).ToJsonString();

    private static string One(string customer) => $$"""{"as_of":"2024-09-01","customers":[{"customer_id":"{{customer}}","transactions":[{"date":"2024-01-05","amount":20},{"date":"2024-05-05","amount":30}]}]}""";

    /// <summary>Says the same of everyone, or fails.</summary>
    private sealed class Moody : ICandidateTrainer, ICustomerModel
    {
        public static bool Fails { get; set; }

        public string Name => "moody";

        public string Description => "moody: half of them stay";

        public bool IsBaseline => false;

        public string? WhyNot(TrainingSet training) => null;

        public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation) => new(this, []);

        public ICustomerModel Read(VersionReader reader) => this;

        public Forecast Predict(Snapshot snapshot, Horizon horizon)
        {
            if (Fails)
                throw new InvalidOperationException("It does not feel like it.");
            Forecast forecast = new(snapshot.Count);
            Array.Fill(forecast.ChurnProbability, 0.5);
            Array.Fill(forecast.ExpectedPurchases, 1);
            Array.Fill(forecast.ExpectedSpend, 10);
            return forecast;
        }

        public void Save(VersionWriter writer) => writer.WriteJson("moody.json", new Dictionary<string, double> { ["churn"] = 0.5 });
    }
}
