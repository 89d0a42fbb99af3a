using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Configuration;

namespace CustomerValue.Serving.Tests;

/// <summary>docs/configuration.md and the example file hold every setting of the program with its default and bounds, and nothing more.</summary>
public sealed class SettingsTests
{
    private static readonly string s_example = Path.Combine(ReferenceData.RepositoryRoot, "serving", "appsettings.example.json");

    private static readonly string[][] s_rows = [.. File.ReadAllLines(Path.Combine(ReferenceData.RepositoryRoot, "docs", "configuration.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ").Select(cell => cell.Trim('|', ' ')).ToArray()).Where(cells => cells.Length == 6)];

    public static TheoryData<string> Names => [.. KnownSettings.Names];

    [Fact]
    public void The_page_lists_every_setting_once_and_no_other() =>
        s_rows.Select(cells => cells[0].Trim('`')).Should().BeEquivalentTo(KnownSettings.Names).And.HaveCountGreaterThan(30);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_gives_its_default_its_bounds_and_both_other_forms(string name)
    {
        string[] cells = s_rows.Single(cells => cells[0] == $"`{name}`");
        (PropertyInfo property, object? usual) = Find(name);

        cells[1].Should().NotBeEmpty();
        if (usual is null or "")
            cells[2].Should().NotBeEmpty("it says in words what holds then");
        else
            cells[2].Trim('`').Should().Be(Text(usual));
        cells[3].Should().Be(property.GetCustomAttribute<RangeAttribute>() is { } range ? $"{Text(range.Minimum)} to {Text(range.Maximum)}" : usual is bool ? "true, false" : cells[3]).And.NotBeEmpty();
        cells[4].Should().Be($"`CUSTOMER_VALUE_SERVING_{name.Replace(":", "__")}=`");
        cells[5].Should().Be($"`--{name}=`");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_comment_in_the_program_gives_the_same_default_and_bounds(string name)
    {
        (PropertyInfo property, object? usual) = Find(name);
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(ReferenceData.RepositoryRoot, "serving", "Configuration"), "*.cs").Select(File.ReadAllText));
        int at = source.IndexOf($" {property.Name} {{ get; set; }}", source.IndexOf($" class {property.DeclaringType!.Name}\n", StringComparison.Ordinal), StringComparison.Ordinal);
        string comment = source[source.LastIndexOf("<summary>", at, StringComparison.Ordinal)..at];

        comment.Should().Contain("Default");
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            comment.Should().Contain($"allowed {Text(range.Minimum)} to {Text(range.Maximum)}");
        if (usual is not null and not string)
            comment.Should().Contain($"Default {Text(usual)}");
    }

    [Fact]
    public void The_example_file_holds_every_setting_and_is_what_holds_without_it()
    {
        IConfigurationRoot example = new ConfigurationBuilder().AddJsonFile(s_example).Build();
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(s_example), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        NamesOf(json.RootElement, "").Should().BeEquivalentTo(KnownSettings.Names);
        ServingOptions read = new();
        example.Bind(read, binder => binder.ErrorOnUnknownConfiguration = true);
        read.Should().BeEquivalentTo(new ServingOptions());
        new ServingOptionsValidator().Validate(null, read).Failed.Should().BeFalse();
    }

    [Fact]
    public void Each_setting_of_the_example_file_has_its_comment()
    {
        string[] lines = File.ReadAllLines(s_example);
        lines.Index().Where(line => line.Item.Contains("\": ", StringComparison.Ordinal) && !line.Item.EndsWith('{')).Should().HaveCount(KnownSettings.Names.Count())
            .And.OnlyContain(line => lines[line.Index - 1].TrimStart().StartsWith("// ") && lines[line.Index - 1].Contains("Allowed: "));
    }

    [Fact]
    public void The_file_that_is_shipped_repeats_defaults_alone()
    {
        ServingOptions read = new();
        new ConfigurationBuilder().AddJsonFile(Path.Combine(ReferenceData.RepositoryRoot, "serving", "appsettings.json")).Build().Bind(read);
        read.Should().BeEquivalentTo(new ServingOptions());
    }

    private static (PropertyInfo Property, object? Usual) Find(string name)
    {
        object? holder = new ServingOptions();
        string[] parts = name.Split(':');
        foreach (string group in parts[..^1])
            holder = holder!.GetType().GetProperty(group)!.GetValue(holder);
        PropertyInfo property = holder!.GetType().GetProperty(parts[^1])!;
        return (property, property.GetValue(holder));
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => text,
        double number => number.ToString("#,0.######", CultureInfo.InvariantCulture),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string> NamesOf(JsonElement element, string prefix) => element.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object
        ? NamesOf(member.Value, $"{prefix}{member.Name}:") : [prefix + member.Name]);
}
