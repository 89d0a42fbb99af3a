using System.CommandLine;
using System.Text.Json;

namespace CustomerValue.Training.Hosting;

/// <summary>Options from a JSON file: one object whose names are the options' without dashes. The command line wins.</summary>
/// <remarks>A name that another verb has is passed over, so that one file serves train and score; a name no verb has is an error.</remarks>
internal static class ConfigFile
{
    /// <summary>The arguments with those of the file that they do not name themselves.</summary>
    /// <exception cref="UsageException">The file cannot be read, is no JSON object, or holds a name or value that no option takes.</exception>
    public static IReadOnlyList<string> Merge(IReadOnlyList<string> arguments, ParseResult parse, RootCommand root, string shownPath, string path)
    {
        List<string> added = [];
        using JsonDocument document = Read(shownPath, path);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            string name = "--" + property.Name.Replace('_', '-');
            if (name == "--config" || !Everywhere(root).Any(option => option.Name == name))
                throw new UsageException($"{shownPath}, key '{property.Name}': found a name that no command has, expected the name of an option without dashes, for example \"horizon\". See --help for the names.");
            if (OptionsOf(parse, root).FirstOrDefault(option => option.Name == name) is { } mine && !parse.IsGiven(mine))
                added.AddRange(Values(shownPath, property).Select(value => $"{name}={value}"));
        }
        int end = arguments.IndexOf("--");
        return end < 0 ? [.. arguments, .. added] : [.. arguments.Take(end), .. added, .. arguments.Skip(end)];
    }

    private static int IndexOf(this IReadOnlyList<string> arguments, string text)
    {
        for (int i = 0; i < arguments.Count; i++)
            if (arguments[i] == text)
                return i;
        return -1;
    }

    private static JsonDocument Read(string shownPath, string path)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new UsageException($"{shownPath}: found a JSON {document.RootElement.ValueKind}, expected an object such as {{\"horizon\": 90}}.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{shownPath} line {error.LineNumber + 1}: this is no JSON. Expected an object such as {{\"horizon\": 90}}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--config: {error.Message}", error);
        }
    }

    private static IEnumerable<string> Values(string shownPath, JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Array => property.Value.EnumerateArray().Select(value => Scalar(shownPath, property.Name, value)),
        JsonValueKind.Null => [],
        _ => [Scalar(shownPath, property.Name, property.Value)],
    };

    private static string Scalar(string shownPath, string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new UsageException($"{shownPath}, key '{key}': found a JSON {value.ValueKind}, expected a text, a number, true, false or a list of these."),
    };

    private static IEnumerable<Option> OptionsOf(ParseResult parse, RootCommand root) => parse.CommandResult.Command.Options.Concat(root.Options.Where(option => option.Recursive));

    private static IEnumerable<Option> Everywhere(Command command) => command.Options.Concat(command.Subcommands.SelectMany(Everywhere));
}
