using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class KeysTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_key_is_made_listed_rotated_and_revoked_and_its_secret_told_once()
    {
        JsonNode made = (await _workspace.SucceedAsync("keys", "add", "shop", "--scopes", "read,predict", "--days", "30", "--json")).Json;
        string secret = made["secret"]!.GetValue<string>(), prefix = made["prefix"]!.GetValue<string>();
        secret.Should().MatchRegex("^cv_[A-Za-z0-9_-]{43}$").And.StartWith(prefix);

        JsonNode fresh = (await _workspace.SucceedAsync("keys", "add", "shop", "--rotates", prefix, "--overlap", "2", "--json")).Json;
        fresh["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).Should().Equal("read", "predict");
        (await _workspace.SucceedAsync("keys", "revoke", fresh["prefix"]!.GetValue<string>())).Out.Should().Contain("is revoked");

        Run list = await _workspace.SucceedAsync("keys", "list", "--json");
        JsonArray keys = list.Json["keys"]!.AsArray();
        keys.Select(key => key!["state"]!.GetValue<string>()).Should().BeEquivalentTo("valid", "revoked");
        JsonNode old = keys.Single(key => key!["prefix"]!.GetValue<string>() == prefix)!;
        (old["expires"]!.GetValue<DateTime>() - old["created"]!.GetValue<DateTime>()).Should().BeCloseTo(TimeSpan.FromDays(2), TimeSpan.FromMinutes(10));
        list.Out.Should().NotContain(secret);
        (await _workspace.SucceedAsync("keys", "list")).Out.Should().Contain(prefix).And.NotContain(secret);
    }

    [Theory]
    [InlineData("--scopes: found 'write', expected some of predict, read, export, campaign, outcomes, admin.", "add", "shop", "--scopes", "write")]
    [InlineData("found no key 'cv_none'", "add", "shop", "--rotates", "cv_none")]
    [InlineData("Found no key 'cv_none'", "revoke", "cv_none")]
    public async Task What_is_wrong_is_said_and_no_key_made(string message, params string[] arguments)
    {
        Run run = await _workspace.RunAsync(["keys", .. arguments]);

        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Error.Should().Contain(message);
        (await _workspace.SucceedAsync("keys", "list", "--json")).Json["keys"]!.AsArray().Should().BeEmpty();
    }
}
