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
}
