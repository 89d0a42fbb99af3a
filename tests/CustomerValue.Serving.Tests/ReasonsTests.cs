using System.Text.Json.Nodes;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Reasons over HTTP add up to the score.</summary>
public sealed class ReasonsTests(TrainedStore trained)
{
    private const int Most = 4;

    [Theory]
    [InlineData("older")]
    [InlineData("newer")]
    public async Task Base_and_contributions_add_up_to_the_log_odds_of_churn(string which)
    {
        ModelStore store = trained.Copy();
        store.Promote(which == "older" ? trained.Older : trained.Newer);
        using ServingHost host = ServingHost.Start(store.Folder);
        JsonObject request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(50));
        string plain = request.ToJsonString();
        request["reasons"] = Most;

        JsonArray explained = (await host.PostAsync("/v1/predictions", request.ToJsonString())).Json["predictions"]!.AsArray();
        JsonArray bare = (await host.PostAsync("/v1/predictions", plain)).Json["predictions"]!.AsArray();

        explained.Should().HaveCount(50);
        for (int i = 0; i < explained.Count; i++)
        {
            JsonArray reasons = explained[i]!["reasons"]!.AsArray();
            double churn = explained[i]!["churn_probability"]!.GetValue<double>(), sum = explained[i]!["reasons_base"]!.GetValue<double>() + reasons.Sum(Contribution);
            sum.Should().BeApproximately(Math.Log(churn / (1 - churn)), 1e-9, explained[i]!.ToJsonString());
            reasons.Count.Should().BeInRange(1, Most + 1);
            reasons.Take(Most).Select(reason => Math.Abs(Contribution(reason))).Should().BeInDescendingOrder();
            reasons.Should().OnlyContain(reason => reason!["text"]!.GetValue<string>().Length > 5);
            bare[i]!["churn_probability"]!.GetValue<double>().Should().Be(churn, "reasons change no figure");
            bare[i]!["reasons"]!.AsArray().Should().BeEmpty();
            bare[i]!["reasons_base"].Should().BeNull();
        }
        if (which == "newer")
            explained.Should().Contain(prediction => prediction!["reasons"]!.AsArray().Any(reason => reason!["feature"]!.GetValue<string>() == "everything_else"), "trees have more reasons than were asked for");

        static double Contribution(JsonNode? reason) => reason!["contribution"]!.GetValue<double>();
    }
}
