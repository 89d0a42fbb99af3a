using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerValue.Serving.Tests;

/// <summary>docs/openapi.json is what the service says of itself, so that a change of the interface is seen and meant.</summary>
public sealed class CommittedDescriptionTests(SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const int MostShown = 20;

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_committed_document_is_what_the_service_gives()
    {
        JsonNode given = (await steady.Host.GetAsync("/openapi/v1.json")).Json;
        string text = given.ToJsonString(s_readable) + "\n";

        Generated.ShouldBeCommitted(text, (committed, now) => string.Join('\n', Differences(JsonNode.Parse(committed), JsonNode.Parse(now), "").Take(MostShown)), "docs", "openapi.json");
        given["openapi"]!.GetValue<string>().Should().StartWith("3.1.");
        text.Should().NotContain(steady.Host.Store).And.NotContain(ReferenceData.RepositoryRoot).And.NotContain(steady.Host.Client.BaseAddress!.Authority).And.NotContain("127.0.0.1");
    }

    [Fact]
    public void A_difference_is_named_by_the_path_or_the_schema_it_lies_in()
    {
        JsonNode committed = JsonNode.Parse("""{"paths":{"/v1/models":{"get":{"summary":"old"}},"/v1/gone":{}},"components":{"schemas":{"Problem":{"required":["type"]}}}}""")!;
        JsonNode given = JsonNode.Parse("""{"paths":{"/v1/models":{"get":{"summary":"new"}},"/v1/added":{}},"components":{"schemas":{"Problem":{"required":["type","status"]}}}}""")!;

        Differences(committed, given, "").Should().Equal(
            "paths /v1/models get summary: committed \"old\", the service gives \"new\"",
            "paths /v1/gone: committed {}, the service gives nothing",
            "paths /v1/added: committed nothing, the service gives {}",
            "components schemas Problem required 1: committed nothing, the service gives \"status\"");
        Differences(given, given, "").Should().BeEmpty();
    }

    private static IEnumerable<string> Differences(JsonNode? committed, JsonNode? given, string place)
    {
        if (committed is JsonObject before && given is JsonObject now)
            return before.Select(member => member.Key).Union(now.Select(member => member.Key)).SelectMany(name => Differences(before[name], now[name], $"{place} {name}".Trim()));
        if (committed is JsonArray first && given is JsonArray second)
            return Enumerable.Range(0, Math.Max(first.Count, second.Count)).SelectMany(i => Differences(first.ElementAtOrDefault(i), second.ElementAtOrDefault(i), $"{place} {i}"));
        return JsonNode.DeepEquals(committed, given) ? [] : [$"{place}: committed {Shown(committed)}, the service gives {Shown(given)}"];
    }

    private static string Shown(JsonNode? node) => node is null ? "nothing" : node.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) is { Length: > 120 } text ? text[..120] + "..." : node.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
