using System.Text.Json.Nodes;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>What the page of the model changes.</summary>
public sealed class ModelPageTests(TrainedStore trained)
{
    [Fact]
    public async Task A_version_is_tried_and_taken_off_on_the_page()
    {
        string folder = await PagesShop.FillAsync(trained);
        ModelStore store = new(folder, TimeProvider.System);
        using ServingHost host = ServingHost.Start(folder);
        Visitor admin = Visitor.At(host);
        PhraseBook.Missing.Clear();

        Page before = await admin.OpenAsync("/model");
        before.Text.Should().Contain($"challenge-{trained.Newer}").And.NotContain($"challenge-{trained.Older}", "the champion is not tried against itself").And.NotContain("End the trial");
        Page tried = await admin.SubmitAsync("/model", $"challenge-{trained.Newer}", []);
        tried.Address.Should().Be("/model?done=challenge");
        tried.Text.Should().Contain("The version is tried against the one that serves.").And.Contain($"Version {trained.Newer} is tried against it.").And.NotContain($"challenge-{trained.Newer}");
        store.Challenger.Should().Be(trained.Newer);
        (await host.GetAsync("/v1/models/challenger")).Json["version"]!.GetValue<string>().Should().Be(trained.Newer);
        System.Net.WebUtility.HtmlDecode((await admin.OpenAsync("/model?done=challenge", "zh")).Text).Should().Contain("结束试用").And.Contain("试用中");

        Page off = await admin.SubmitAsync("/model", "take-off", []);
        off.Address.Should().Be("/model?done=take-off");
        off.Text.Should().Contain("No version is tried any more.").And.Contain($"challenge-{trained.Newer}");
        store.Challenger.Should().BeNull();
        System.Net.WebUtility.HtmlDecode((await admin.OpenAsync("/model?done=take-off", "zh")).Text).Should().Contain("已没有版本在试用。");

        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(folder, trained.Newer, "golden.json"));
        Page last = await admin.OpenAsync("/model");
        await File.WriteAllBytesAsync(Path.Combine(folder, trained.Newer, "golden.json"), whole[..^5]);
        (await admin.SendAsync("/model", $"challenge-{trained.Newer}", Visitor.TokenOf(last.Text), [])).Text.Should().Contain("golden.json");
        PhraseBook.Missing.Keys.Should().BeEmpty();
    }

    /// <summary>The log begins on 2023-01-01: a year before the last day it is nearly a year old, and a year before March 2024 two months.</summary>
    [Fact]
    public async Task What_lifetime_values_said_a_year_ago_stands_on_the_page_and_in_the_answer_or_why_it_does_not()
    {
        PhraseBook.Missing.Clear();
        using ServingHost measured = ServingHost.Start(trained.WithReport(TrainedStore.AsOf).Folder), young = ServingHost.Start(trained.WithReport(new DateOnly(2024, 3, 1)).Folder);

        JsonNode backtest = (await measured.GetAsync("/v1/models/champion")).Json["lifetime_backtest"]!;
        string page = (await Visitor.At(measured).OpenAsync("/model")).Text;
        page.Should().Contain("What lifetime values said a year ago, and what came").And.Contain($"{backtest["figures"]!["customers"]!.GetValue<int>()} customers were known on 2023-12-22.").And.Contain("Said, a customer");
        backtest["figures"]!["deciles"]!.AsArray().Should().HaveCount(10);
        System.Net.WebUtility.HtmlDecode((await Visitor.At(measured).OpenAsync("/model", "zh")).Text).Should().Contain("一年前的客户终身价值：预测与实际").And.Contain("2023-12-22 时已知客户");

        string why = (await young.GetAsync("/v1/models/champion")).Json["lifetime_backtest"]!["why_not"]!.GetValue<string>();
        why.Should().StartWith("Lifetime values cannot be set beside what came of them yet");
        System.Net.WebUtility.HtmlDecode((await Visitor.At(young).OpenAsync("/model")).Text).Should().Contain(why);
        PhraseBook.Missing.Keys.Should().BeEmpty();
    }
}
