using System.Text.Json.Nodes;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class FitTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    // Fader, Hardie and Lee (2005) and the CDNOW files of the reference results: 39 weeks, same-day purchases merged.
    [Theory]
    [InlineData("bg-nbd", -9582.429, new[] { "r", "alpha", "a", "b" }, new[] { .2425945, 4.4136019, .7929199, 2.4258881 })]
    [InlineData("pareto-nbd", -9594.976, new[] { "r", "alpha", "s", "beta" }, new[] { .55315, 10.57633, .60625, 11.67150 })]
    [InlineData("mbg-nbd", -9582.136, new[] { "r", "alpha", "a", "b" }, new[] { .52484, 6.18309, .89139, 1.61405 })]
    [InlineData("nbd", -9763.658, new[] { "r", "alpha" }, new[] { .38476588, 12.072014 })]
    public async Task Cdnow_gives_the_published_parameters(string model, double logLikelihood, string[] names, double[] values)
    {
        JsonNode answer = await FitCdnowAsync("--model", model);
        Names(answer.AsObject()).Should().Contain(["model", "unit", "customers", "parameters", "standard_errors", "log_likelihood", "seconds", "warnings"]);
        answer["model"]!.GetValue<string>().Should().Be(model);
        answer["unit"]!.GetValue<string>().Should().Be("week");
        answer["customers"]!.GetValue<int>().Should().Be(2357);
        answer["log_likelihood"]!.GetValue<double>().Should().BeApproximately(logLikelihood, 0.01);
        Names(answer["parameters"]!.AsObject()).Should().Equal(names);
        Names(answer["standard_errors"]!.AsObject()).Should().Equal(names);
        for (int i = 0; i < names.Length; i++)
            answer["parameters"]![names[i]]!.GetValue<double>().Should().BeApproximately(values[i], 1e-3 * values[i], names[i]);
        answer["warnings"]!.AsArray().Should().NotContain(finding => finding!["severity"]!.GetValue<string>() == "error");
    }

    [Fact]
    public async Task Cdnow_standard_errors_are_the_published_ones()
    {
        JsonNode errors = (await FitCdnowAsync("--model", "pareto-nbd"))["standard_errors"]!;
        errors["r"]!.GetValue<double>().Should().BeApproximately(.0476264, 1e-3);
        errors["beta"]!.GetValue<double>().Should().BeApproximately(6.2105448, .07);
    }

    [Fact]
    public async Task Gamma_gamma_stands_beside()
    {
        JsonNode spend = (await FitCdnowAsync("--model", "bg-nbd"))["spend"]!;
        spend["model"]!.GetValue<string>().Should().Be("gamma-gamma");
        spend["population_mean_spend"]!.GetValue<double>().Should().BeApproximately(35.17, 0.05);
        spend["customers"]!.GetValue<int>().Should().Be(946);
        spend["log_likelihood"]!.GetValue<double>().Should().BeApproximately(-4055.918, 0.01);
    }

    [Fact]
    public async Task The_unit_changes_times_and_the_likelihood_by_its_constant()
    {
        _workspace.WriteTransactions();
        JsonNode weeks = await FitAsync("week"), days = await FitAsync("day"), months = await FitAsync("month");
        double Value(JsonNode fit, string name) => fit["parameters"]![name]!.GetValue<double>();
        foreach ((JsonNode fit, double daysAUnit) in (ReadOnlySpan<(JsonNode, double)>)[(days, 1), (months, 365.25 / 12)])
        {
            Value(fit, "r").Should().BeApproximately(Value(weeks, "r"), 1e-4 * Value(weeks, "r"));
            Value(fit, "alpha").Should().BeApproximately(Value(weeks, "alpha") * 7 / daysAUnit, 1e-4 * Value(fit, "alpha"));
            // Each of the repeat purchases has a density, which is per unit of time.
            (fit["log_likelihood"]!.GetValue<double>() - weeks["log_likelihood"]!.GetValue<double>())
                .Should().BeApproximately(RepeatPurchases() * Math.Log(daysAUnit / 7), 1e-3);
        }

        async Task<JsonNode> FitAsync(string unit) => (await _workspace.SucceedAsync("fit", "--model", "nbd", "--transactions", "orders.csv", "--unit", unit, "--json")).Json;
        int RepeatPurchases()
        {
            (string Customer, string Day)[] purchases = [.. File.ReadLines(_workspace.PathOf("orders.csv")).Skip(1).Select(line => line.Split(',')).Select(fields => (fields[0], fields[1])).Distinct()];
            return purchases.Length - purchases.Select(purchase => purchase.Customer).Distinct().Count();
        }
    }

    [Fact]
    public async Task All_compares_every_model_by_information_criteria()
    {
        JsonNode answer = await FitCdnowAsync("--model", "all");
        JsonNode[] models = [.. answer["models"]!.AsArray().Select(model => model!)];
        models.Select(model => model["model"]!.GetValue<string>()).Should().BeEquivalentTo(TransactionModels.Names);
        models.Select(model => model["aic"]!.GetValue<double>()).Should().BeInAscendingOrder();
        models.Sum(model => model["akaike_weight"]!.GetValue<double>()).Should().BeApproximately(1, 1e-9);
        answer["best"]!.GetValue<string>().Should().Be(models[0]["model"]!.GetValue<string>());
        foreach (JsonNode model in models)
            model["aic"]!.GetValue<double>().Should().BeApproximately(2 * model["free_parameters"]!.GetValue<int>() - 2 * model["log_likelihood"]!.GetValue<double>(), 1e-6);
        JsonNode test = answer["likelihood_ratios"]!.AsArray().Single(ratio => ratio!["restricted"]!.GetValue<string>() == "nbd" && ratio["general"]!.GetValue<string>() == "pareto-nbd")!;
        test["statistic"]!.GetValue<double>().Should().BeApproximately(2 * (9763.658 - 9594.976), 0.02);
        test["degrees_of_freedom"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task People_see_parameters_in_words_and_every_model_compared()
    {
        _workspace.WriteTransactions();
        (await _workspace.SucceedAsync("fit", "--model", "mbg-nbd", "--transactions", "orders.csv")).Out.Should().Contain("mbg-nbd on 60 customers").And.Contain("gamma-gamma").And.Contain("log-likelihood").And.Contain("meaning");
        Run all = await _workspace.SucceedAsync("fit", "--transactions", "orders.csv");
        foreach (string name in TransactionModels.Names)
            all.Out.Should().MatchRegex($@"(?m)^\s*{name}\s");
        all.Out.Should().Contain("Likelihood ratio");
    }

    [Theory]
    [InlineData("bgnbd", "bg-nbd")]
    [InlineData("Pareto/NBD", "pareto-nbd")]
    [InlineData("mbg_cnbd_k", "mbg-cnbd-k")]
    public async Task A_model_that_does_not_exist_names_those_that_do_and_the_nearest(string typed, string nearest)
    {
        Run run = await _workspace.RunAsync("fit", "--model", typed, "--transactions", "orders.csv");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain($"'{typed}'").And.Contain("ggompertz-nbd").And.Contain($"nearest is {nearest}.");
    }

    [Fact]
    public async Task A_cutoff_before_the_data_is_a_usage_error()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.RunAsync("fit", "--transactions", "orders.csv", "--cutoff", "2020-01-01");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("2020-01-01").And.Contain("the data begin on");
    }

    [Fact]
    public async Task Nobody_who_bought_again_is_a_finding_and_never_NaN()
    {
        _workspace.Write("once.csv", "customer_id,date,amount\nA,2024-01-01,5\nB,2024-02-01,6\nC,2024-03-01,7\n");
        Run run = await _workspace.SucceedAsync("fit", "--model", "bg-nbd", "--transactions", "once.csv", "--json");
        run.Json["warnings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).Should().Contain("no-repeat-purchase").And.Contain("no-spend-model");
        foreach ((string _, JsonNode? value) in run.Json["parameters"]!.AsObject())
            double.IsFinite(value!.GetValue<double>()).Should().BeTrue();
    }

    private async Task<JsonNode> FitCdnowAsync(params string[] more) =>
        (await _workspace.SucceedAsync([.. (string[])["fit", "--transactions", ReferenceData.File("cdnow", "cdnow_sample.csv.gz"), "--cutoff", "1997-10-01", "--json"], .. more])).Json;

    private static IEnumerable<string> Names(JsonObject node) => node.Select(pair => pair.Key);
}
