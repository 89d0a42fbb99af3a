using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Plan;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>One list of columns an answer: files, lines of JSON and the documentation say the same.</summary>
public sealed class AnswerColumnTests(Shop shop) : IClassFixture<Shop>
{
    /// <summary>Verb, what its section of docs/cli.md is called, and properties that hold lists of objects or what belongs to them: in JSON alone.</summary>
    public static TheoryData<string, string[], string[]> Answers => new()
    {
        { "score", Names(CustomerPrediction.Table), ["reasons", "reasons_base"] },
        { "recommend", Names(CustomerRecommendation.Table), ["churn_reasons"] },
        { "decide", Names(CustomerDecision.Table), [] },
        { "plan", Names(PlanRow.Table), [] },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Files_lines_and_documentation_have_the_same_columns_and_the_same_values(string verb, string[] columns, string[] inJsonAlone)
    {
        await shop.Workspace.SucceedAsync([verb, .. Shop.Evidence[..2], "--out", $"{verb}.csv"]);
        await shop.Workspace.SucceedAsync([verb, .. Shop.Evidence[..2], "--out", $"{verb}.jsonl"]);

        Dictionary<string, string[]> table = shop.Columns($"{verb}.csv");
        JsonObject[] lines = [.. File.ReadLines(shop.Workspace.PathOf($"{verb}.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];
        table.Keys.Should().Equal(columns);
        lines.Should().HaveCount(table["customer_id"].Length).And.NotBeEmpty();
        lines[0].Select(pair => pair.Key).Should().Equal([.. columns, .. inJsonAlone], "JSON has the columns in the same order");
        for (int row = 0; row < lines.Length; row++)
            foreach (string column in columns)
                table[column][row].Should().Be(Text(lines[row][column]), "{0} of row {1}", column, row);
        string section = (await File.ReadAllTextAsync(ReferenceData.InRepository("docs", "cli.md"))).Split($"\n## {verb}\n")[1].Split("\n## ")[0];
        section.Should().ContainAll(columns.Select(column => $"`{column}`"));
    }

    private static string[] Names<TRow>(AnswerTable<TRow> table) => [.. table.Columns.Select(column => column.Name)];

    /// <summary>A value as a CSV field.</summary>
    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(' ', list.Select(item => item!.GetValue<string>())),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => value.GetValue<double>().ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
    };
}
