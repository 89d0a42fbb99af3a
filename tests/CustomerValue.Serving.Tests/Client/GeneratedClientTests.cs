using System.Text.Json.Nodes;

namespace CustomerValue.Serving.Tests.Client;

public sealed class GeneratedClientTests
{
    private static readonly string[] s_client = ["serving", "client", "CustomerValue.Client"];
    private readonly JsonNode _document = JsonNode.Parse(File.ReadAllText(ReferenceData.InRepository("docs", "openapi.json")))!;

    [Fact]
    public void The_calls_of_the_client_are_those_of_the_committed_description() => Generated.ShouldBeCommitted(new ClientGenerator(_document).Operations(), [.. s_client, "CustomerValueClient.g.cs"]);

    [Fact]
    public void The_records_of_the_client_are_the_schemas_of_the_committed_description() => Generated.ShouldBeCommitted(new ClientGenerator(_document).Contract(), [.. s_client, "Contract.g.cs"]);

    [Fact]
    public void What_is_deprecated_is_obsolete_in_the_client()
    {
        new ClientGenerator(_document).Operations().Should().NotContain("[Obsolete");
        _document["paths"]!["/v1/models"]!["get"]!["deprecated"] = true;
        _document["components"]!["schemas"]!["Reason"]!["properties"]!["text"]!["deprecated"] = true;

        new ClientGenerator(_document).Operations().Should().MatchRegex("\\[Obsolete\\(\"[^\"]+\"\\)\\]\n    public Task<ModelList> ListModelsAsync");
        new ClientGenerator(_document).Contract().Should().MatchRegex("\\[Obsolete\\(\"[^\"]+\"\\)\\]\n    public required string Text");
    }
}
