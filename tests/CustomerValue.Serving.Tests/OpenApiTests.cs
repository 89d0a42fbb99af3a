using System.Text.Json.Nodes;
using CustomerValue.Serving.OpenApi;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace CustomerValue.Serving.Tests;

public sealed class OpenApiTests(SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const string Path = "/openapi/v1.json";
    private readonly ServingHost _host = steady.Host;

    [Fact]
    public async Task The_document_is_valid_and_lists_every_route_with_summary_and_problems()
    {
        Answer answer = await _host.GetAsync(Path);
        ReadResult read = OpenApiDocument.Parse(answer.Text, "json");

        read.Diagnostic!.Errors.Should().BeEmpty();
        read.Diagnostic.Warnings.Should().BeEmpty();
        read.Document!.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method} {path.Key}")).Should().BeEquivalentTo(_host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}")).Where(route => route != $"GET {Path}"));
        foreach (OpenApiOperation operation in read.Document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            operation.Summary.Should().NotBeNullOrWhiteSpace();
            operation.Responses!.Values.Should().OnlyContain(response => response.Description!.Length > 0);
            string[] answered = operation.OperationId == "get-job-result" ? ["text/csv", "application/x-ndjson", "application/vnd.apache.parquet"] : ["application/json"];
            foreach ((string status, IOpenApiResponse response) in operation.Responses)
                (response.Content?.Keys ?? []).Should().Equal(status[0] switch { '2' => answered, '3' => [], _ => ["application/problem+json"] });
        }
    }

    [Fact]
    public async Task Every_field_has_a_type_and_what_is_said_is_said_in_words()
    {
        JsonObject schemas = (await _host.GetAsync(Path)).Json["components"]!["schemas"]!.AsObject();

        foreach ((string name, JsonNode? schema) in schemas)
            foreach ((string field, JsonNode? property) in schema!["properties"]?.AsObject() ?? [])
            {
                JsonObject known = property!.AsObject();
                known.Should().Match<JsonObject>(p => p.ContainsKey("type") || p.ContainsKey("$ref") || p.ContainsKey("oneOf"), "{0}.{1} has a type", name, field);
                known.Should().Match<JsonObject>(p => p["type"] == null || !p["type"]!.ToJsonString().Contains("array") || p.ContainsKey("items"), "{0}.{1} says what it holds", name, field);
                field.Should().MatchRegex("^[a-z0-9_]+$");
            }
        schemas["TransactionLine"]!["required"]!.AsArray().Select(field => field!.GetValue<string>()).Should().BeEquivalentTo("date", "amount");
        schemas["CustomerHistory"]!["required"]!.AsArray().Select(field => field!.GetValue<string>()).Should().BeEquivalentTo("customer_id", "transactions");
        schemas["Quadrant"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).Should().Equal("retain", "develop", "maintain", "cultivate");
        foreach (string request in (string[])["RecommendationRequest", "CustomerHistory", "TransactionLine"])
            (schemas[request]!["additionalProperties"] is JsonValue { } allowed && !allowed.GetValue<bool>()).Should().BeFalse("{0} passes over and names unknown members", request);
        schemas["CustomerPrediction"]!["properties"]!["spend_p10"]!["type"]!.AsArray().Select(type => type!.GetValue<string>()).Should().BeEquivalentTo("null", "number");
        schemas["CustomerPrediction"]!["properties"]!["churn_probability"]!["type"]!.GetValue<string>().Should().Be("number");
        schemas["CustomerPrediction"]!["properties"]!["churn_probability"]!["description"]!.GetValue<string>().Should().Contain("Probability of no purchase");
    }

    [Theory]
    [InlineData("PredictionRequest", "customers")]
    [InlineData("CustomerHistory", "customer_id")]
    [InlineData("CustomerHistory", "transactions")]
    [InlineData("TransactionLine", "date")]
    [InlineData("TransactionLine", "amount")]
    public async Task What_a_request_must_hold_is_no_null(string schema, string member)
    {
        JsonNode body = JsonNode.Parse(Examples.PredictionRequest)!;
        JsonNode place = schema switch { "PredictionRequest" => body, "CustomerHistory" => body["customers"]![0]!, _ => body["customers"]![0]!["transactions"]![0]! };
        place[member].Should().NotBeNull();
        place[member] = null;

        JsonNode described = (await _host.GetAsync(Path)).Json["components"]!["schemas"]![schema]!;

        described["required"]!.AsArray().Select(name => name!.GetValue<string>()).Should().Contain(member);
        described["properties"]![member]!["type"]!.ToJsonString().Should().NotContain("null");
        (await _host.PostAsync("/v1/predictions", body.ToJsonString())).ShouldBeProblem(422, "invalid-request");
    }

    [Fact]
    public async Task Calls_that_want_a_key_say_which_scope_it_must_have()
    {
        JsonObject paths = (await _host.GetAsync(Path)).Json["paths"]!.AsObject();

        foreach ((string call, string method, string? scope) in ((string, string, string?)[])[("/v1/predictions", "post", "predict"), ("/v1/customers", "get", "read"), ("/v1/models", "get", "read"), ("/v1/models/rollback", "post", "admin"), ("/v1/jobs/score", "post", "export"), ("/health/live", "get", null)])
            (paths[call]![method]!["security"]?.AsArray().SelectMany(way => way!.AsObject().SelectMany(scheme => scheme.Value!.AsArray().Select(word => word!.GetValue<string>()))).Distinct() ?? []).Should().Equal(scope is null ? [] : [scope], call);
    }

    [Theory]
    [InlineData("predictions", Examples.PredictionRequest)]
    [InlineData("recommendations", Examples.RecommendationRequest)]
    [InlineData("decisions", Examples.DecisionRequest)]
    public async Task The_example_call_is_answered_with_the_members_of_the_example_answer(string call, string request)
    {
        Answer answer = await _host.PostAsync("/v1/" + call, request);
        JsonNode documented = (await _host.GetAsync(Path)).Json["paths"]!["/v1/" + call]!["post"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!;

        ((int)answer.Status).Should().Be(200, answer.Text);
        Members(answer.Json).Should().Equal(Members(documented));
        Members(answer.Json[call]![0]!).Should().Equal(Members(documented[call]![0]!));

        static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(member => member.Key);
    }
}
