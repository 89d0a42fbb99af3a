using System.Text.Json;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>The reference cases under tests/cases/reading.</summary>
public class ReadingCaseTests
{
    public static TheoryData<string> Cases => [.. Directory.GetDirectories(ReferenceData.Case("reading")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reference_case_is_read_as_expected(string name)
    {
        string folder = ReferenceData.Case("reading", name);
        JsonElement options = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
        string[] files = [.. Directory.GetFiles(folder).Where(path => Path.GetExtension(path) is ".csv" or ".tsv").Order(StringComparer.Ordinal)];

        ReadResult result = TransactionReader.Read(files, Options(options));

        string[] expected = File.ReadAllLines(Path.Combine(folder, "expected.txt"));
        expected[0].Should().Be(LogText.Header);
        LogText.Of(result.Log).Should().Equal(expected[1..], "{0}", options.GetProperty("why").GetString());
        string rejected = Path.Combine(folder, "rejected.txt");
        result.Rejected.Select(row => $"{row.Line}|{row.Column}|{row.Found}").Should().Equal(File.Exists(rejected) ? File.ReadAllLines(rejected) : []);
        result.Summary.DuplicateLines.Should().Be(Number(options, "duplicate_lines"));
        result.Summary.WithoutCustomer.Should().Be(Number(options, "without_customer"));
    }

    private static ReaderOptions Options(JsonElement json)
    {
        ReaderOptions options = new() { Threads = 2 };
        if (json.TryGetProperty("map", out JsonElement map))
            options = options with { Mapping = ColumnMapping.Parse(map.EnumerateArray().Select(pair => pair.GetString()!)) };
        if (json.TryGetProperty("date_format", out JsonElement format))
            options = options with { DateFormat = format.GetString() };
        if (json.TryGetProperty("decimal_separator", out JsonElement separator))
            options = options with { DecimalSeparator = separator.GetString()![0] };
        if (json.TryGetProperty("latest_day", out JsonElement day))
            options = options with { LatestDay = DateOnly.Parse(day.GetString()!, System.Globalization.CultureInfo.InvariantCulture) };
        if (json.TryGetProperty("max_rejected_share", out JsonElement share))
            options = options with { MaxRejectedShare = share.GetDouble() };
        return options;
    }

    private static long Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
}
