using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Predictions;

/// <summary>
/// Says what is wrong with a body. Which kind of fault it is follows from the type of the exception, from what it wraps and from what stands at its path in the
/// form of the request; the runtime's own words are only ever repeated, where the body is no JSON at all.
/// </summary>
internal static partial class BodyFault
{
    /// <summary>What a body looks like.</summary>
    public const string WholeBody = "an object like {\"as_of\":\"2024-02-28\",\"customers\":[...]}";

    private const string Twice = "found the member twice, expected it once.";

    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["$"] = WholeBody,
        ["customers"] = "an array of customers",
        ["customers[]"] = "an object with customer_id and transactions",
        ["transactions"] = "an array of transactions",
        ["transactions[]"] = "an object with date and amount",
        ["attributes"] = "an object of names and values",
    };

    public static string Explain(JsonException error, JsonTypeInfo form)
    {
        string message = error switch
        {
            FormException => error.Message,
            { InnerException: JsonException syntax } => Words(syntax.Message),
            _ => OfPlace(error.Path ?? "$", form),
        };
        return error.LineNumber is { } line && error.BytePositionInLine is { } position ? $"{message} (line {line + 1}, byte {position + 1})" : message;
    }

    /// <summary>Leaves are read by converters of this service, which speak for themselves: of a leaf that is left, only that it came twice can be wrong.</summary>
    private static string OfPlace(string path, JsonTypeInfo form)
    {
        string last = "$";
        bool isItem = false;
        JsonTypeInfo? place = form;
        foreach (Match step in Step().Matches(path))
        {
            isItem = step.Groups["index"].Success;
            last = isItem ? last + "[]" : step.Groups["name"].Value + step.Groups["quoted"].Value;
            Type? next = isItem || place!.Kind == JsonTypeInfoKind.Dictionary ? place!.ElementType : place.Properties.FirstOrDefault(property => property.Name == last)?.PropertyType;
            if (next is null)
                return Twice;
            place = form.Options.GetTypeInfo(next);
        }
        if (place.Kind == JsonTypeInfoKind.None)
            return Twice;
        string expected = s_expected.GetValueOrDefault(last, "another value; see /openapi/v1.json");
        return isItem || last == "$" ? $"found a value of another kind, expected {expected}." : $"found the member twice or a value of another kind, expected {expected}.";
    }

    /// <summary>The parser's words without the place, which is given in our own form.</summary>
    private static string Words(string message)
    {
        int place = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }

    [GeneratedRegex(@"\.(?<name>[^.\[\]]+)|\['(?<quoted>.*)'\]|\[(?<index>[0-9]+)\]")]
    private static partial Regex Step();
}
