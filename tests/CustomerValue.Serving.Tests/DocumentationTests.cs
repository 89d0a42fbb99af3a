using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>docs/http.md says what is so.</summary>
public sealed partial class DocumentationTests(SteadyHost steady) : IClassFixture<SteadyHost>
{
    private readonly string _text = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "docs", "http.md"));

    [Theory]
    [InlineData("predictions")]
    [InlineData("recommendations")]
    [InlineData("decisions")]
    public async Task The_call_shown_is_answered_with_the_members_shown(string call)
    {
        string section = _text[_text.IndexOf($"/v1/{call} -H", StringComparison.Ordinal)..];
        Answer answer = await steady.Host.PostAsync("/v1/" + call, CurlBody().Match(section).Groups[1].Value);
        JsonNode shown = JsonNode.Parse(AnswerBlock().Match(section).Groups[1].Value)!;

        ((int)answer.Status).Should().Be(200, answer.Text);
        Members(answer.Json).Should().Equal(Members(shown));
        Members(answer.Json[call]![0]!).Should().Equal(Members(shown[call]![0]!));

        static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(member => member.Key);
    }

    [Fact]
    public void Every_route_is_listed()
    {
        foreach (RouteEndpoint route in steady.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null))
            _text.Should().Contain($"{route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{route.RoutePattern.RawText!.Trim('/')}`");
    }

    [Fact]
    public void Every_kind_of_problem_is_listed()
    {
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(ReferenceData.RepositoryRoot, "serving"), "*Problems.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] kinds = [.. Kinds().Matches(source).Select(match => match.Groups[1].Value + match.Groups[2].Value).Distinct()];

        kinds.Should().HaveCountGreaterThan(8);
        kinds.Should().OnlyContain(kind => _text.Contains($"`{kind}`"));
    }

    [GeneratedRegex("-d '(.*?)'", RegexOptions.Singleline)]
    private static partial Regex CurlBody();

    [GeneratedRegex("""```json\n(\{"model_version".*?)```""", RegexOptions.Singleline)]
    private static partial Regex AnswerBlock();

    [GeneratedRegex("""Prefix \+ "([a-z-]+)"|Of\("([a-z-]+)",""")]
    private static partial Regex Kinds();
}
