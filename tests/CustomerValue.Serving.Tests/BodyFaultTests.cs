using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerValue.Serving.Hosting;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Recommendations;

namespace CustomerValue.Serving.Tests;

/// <summary>What is said of an unreadable body follows from its place and kind; the runtime's own texts may change.</summary>
public sealed class BodyFaultTests
{
    private static readonly JsonSerializerOptions s_options = Options();

    public static TheoryData<string> Bodies() =>
    [
        """{"customers":{}}""", """{"customers":["a"]}""", """[]""", """{"customers":[{"customer_id":"a","transactions":"none"}]}""",
        """{"customers":[{"customer_id":"a","transactions":[],"attributes":[]}]}""", """{"customers":[],"asof":1,"asof":2}""",
        """{"customers":[{"customer_id":"a","transactions":[{"a.b":1,"a.b":2}]}]}""", """{"as_of":"2024-01-01","as_of":"2024-01-02"}""",
        """{"reasons":"many"}""", """{"reasons":1,"reasons":2}""", """{"customers":[],"customers":[]}""",
        """{"customers":[{"customer_id":"a","transactions":[],"attributes":{"a b":1,"a b":2}}]}""", """{"customers":[{"customer_id":7}]}""",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Another_text_of_the_runtime_changes_nothing(string body)
    {
        JsonTypeInfo form = s_options.GetTypeInfo(typeof(RecommendationRequest));
        JsonException found = Fault(body, form);
        JsonException otherwise = found.GetType() == typeof(JsonException)
            ? new JsonException("Der Wert passt nicht.", found.Path, found.LineNumber, found.BytePositionInLine, found.InnerException)
            : found;

        BodyFault.Explain(otherwise, form).Should().Be(BodyFault.Explain(found, form)).And.StartWith("found ").And.NotContain("Wert");
    }

    [Fact]
    public void Of_a_body_that_is_no_json_only_the_words_change()
    {
        JsonTypeInfo form = s_options.GetTypeInfo(typeof(RecommendationRequest));
        JsonException found = Fault("""{"customers":[NaN]}""", form);
        JsonException otherwise = new("anders", found.Path, found.LineNumber, found.BytePositionInLine, new JsonException("kein JSON"));

        BodyFault.Explain(otherwise, form).Should().Be("kein JSON (line 1, byte 15)");
        BodyFault.Explain(found, form).Should().EndWith("(line 1, byte 15)");
    }

    [Theory]
    [InlineData("""{"as_of":"2024-01-01","as_of":"2024-01-02"}""", "found the member twice, expected it once.*")]
    [InlineData("""{"reasons":"many"}""", "found \"many\", expected a whole number.*")]
    [InlineData("""{"customers":[],"customers":[]}""", "found the member twice or a value of another kind, expected an array of customers.*")]
    [InlineData("""{"customers":[{"customer_id":"a","attributes":{"a b":1,"a b":2}}]}""", "found the member twice, expected it once.*")]
    [InlineData("""{"customers":[{"customer_id":"a","transactions":[{"a.b":1,"a.b":2}]}]}""", "found the member twice, expected it once.*")]
    public void Kinds_are_told_apart(string body, string expected) =>
        BodyFault.Explain(Fault(body, s_options.GetTypeInfo(typeof(RecommendationRequest))), s_options.GetTypeInfo(typeof(RecommendationRequest))).Should().Match(expected);

    private static JsonException Fault(string body, JsonTypeInfo form) => Assert.ThrowsAny<JsonException>(() => { JsonSerializer.Deserialize(body, form); });

    private static JsonSerializerOptions Options()
    {
        JsonSerializerOptions options = new();
        ServingJson.Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
