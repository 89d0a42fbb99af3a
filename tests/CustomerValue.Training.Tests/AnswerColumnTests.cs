using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Plan;
using CustomerValue.Training.Tests.Support;
using ParquetSharp;

namespace CustomerValue.Training.Tests;

/// <summary>One list of columns an answer: files, lines of JSON and the documentation say the same.</summary>
public sealed partial class AnswerColumnTests(Shop shop) : IClassFixture<Shop>
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
        await shop.Workspace.SucceedAsync([verb, .. Shop.Evidence[..2], "--out", $"{verb}.parquet"]);
        Dictionary<string, string[]> packed = Packed(shop.Workspace.PathOf($"{verb}.parquet"));
        packed.Keys.Should().Equal(columns);
        foreach (string column in columns)
            packed[column].Should().Equal(table[column], "{0} in Parquet", column);
        string section = (await File.ReadAllTextAsync(ReferenceData.InRepository("docs", "cli.md"))).Split($"\n## {verb}\n")[1].Split("\n## ")[0];
        Documented(section).Should().Equal(columns, "docs/cli.md says what the columns are, in their order");
    }

    /// <summary>The columns of a Parquet file, its values as CSV fields.</summary>
    private static Dictionary<string, string[]> Packed(string path)
    {
        using ParquetFileReader file = new(path);
        Dictionary<string, string[]> columns = [];
        for (int c = 0; c < file.FileMetaData.NumColumns; c++)
        {
            List<string> values = [];
            for (int group = 0; group < file.FileMetaData.NumRowGroups; group++)
            {
                using RowGroupReader rows = file.RowGroup(group);
                using LogicalColumnReader reader = rows.Column(c).LogicalReader();
                values.AddRange(reader switch
                {
                    LogicalColumnReader<string> texts => texts.Select(text => text ?? ""),
                    LogicalColumnReader<string[]> lists => lists.Select(list => string.Join(' ', list)),
                    LogicalColumnReader<double?> numbers => numbers.Select(number => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""),
                    LogicalColumnReader<long?> wholes => wholes.Select(whole => whole?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""),
                    LogicalColumnReader<Date?> days => days.Select(day => day is { } known ? FormattableString.Invariant($"{known.DateTime:yyyy-MM-dd}") : ""),
                    LogicalColumnReader<bool> flags => flags.Select(flag => flag ? "yes" : "no"),
                    _ => throw new InvalidOperationException(reader.GetType().Name),
                });
            }
            columns[file.FileMetaData.Schema.Column(c).Path.ToDotVector()[0]] = [.. values];
        }
        return columns;
    }

    /// <summary>The columns a section names: the first cells of its table of columns, or its paragraph of them; what stands in brackets are words of a column.</summary>
    private static IEnumerable<string> Documented(string section)
    {
        string[] lines = section.Split('\n');
        int table = Array.IndexOf(lines, "| column | meaning |");
        string text = table >= 0
            ? string.Concat(lines.Skip(table + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1]))
            : Brackets().Replace(section.Split("\nColumns: ")[1].Split(". ")[0], "");
        return Name().Matches(text).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Brackets();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Name();

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
