using System.Globalization;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Tests.Transactions;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Sources.Tests;

/// <summary>What came of reading a case.</summary>
internal sealed record CaseOutcome(string Message, string[] Rows, string[] Rejected, string[] Findings, IReadOnlyDictionary<string, string> Counts);

/// <summary>A folder under tests/cases/reading: input files, options, and the rows or the message that are right.</summary>
internal sealed class ReadingCase
{
    private static readonly string[] s_counted = ["duplicate_lines", "without_customer", "rejected_lines", "last_day", "first_day"];
    private static readonly string[] s_noOptions = [.. s_counted, "why", "message", "findings"];

    private readonly JsonElement _json;
    private readonly string _folder;

    private ReadingCase(string name)
    {
        Name = name;
        _folder = ReferenceData.Case("reading", name);
        _json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "case.json"))).RootElement;
    }

    public string Name { get; }

    public string Why => _json.GetProperty("why").GetString()!.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    /// <summary>Whether anything is said beyond the files.</summary>
    public bool HasOptions => _json.EnumerateObject().Any(property => !s_noOptions.Contains(property.Name));

    /// <summary>The message that refuses the files, with stars for what does not matter, or null.</summary>
    public string? Message => Text("message");

    public string[] Rows => Lines("expected.txt")[Math.Min(1, Lines("expected.txt").Length)..];

    public string[] Rejected => Lines("rejected.txt");

    public string[] Findings => Texts("findings");

    public IReadOnlyDictionary<string, string> Counts => s_counted.Where(name => _json.TryGetProperty(name, out _)).ToDictionary(name => name, name => _json.GetProperty(name).ToString());

    public static ReadingCase Open(string name) => new(name);

    public CaseOutcome Run()
    {
        string[] files = [.. Directory.GetFiles(_folder).Where(path => Path.GetFileName(path) is not ("case.json" or "expected.txt" or "rejected.txt" or "rates.txt")).Order(StringComparer.Ordinal)];
        try
        {
            ReadResult result = TransactionReader.Read(files, Options());
            return new CaseOutcome(
                "",
                LogText.Of(result.Log),
                File.Exists(Path.Combine(_folder, "rejected.txt")) ? [.. result.Rejected.Select(row => $"{row.Line}|{row.Column}|{row.Found}")] : [],
                [.. result.Findings.Select(finding => finding.Code)],
                new Dictionary<string, string>
                {
                    ["duplicate_lines"] = result.Summary.DuplicateLines.ToString(CultureInfo.InvariantCulture),
                    ["without_customer"] = result.Summary.WithoutCustomer.ToString(CultureInfo.InvariantCulture),
                    ["rejected_lines"] = result.Summary.RejectedLines.ToString(CultureInfo.InvariantCulture),
                    ["last_day"] = result.Log.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["first_day"] = result.Log.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                });
        }
        catch (BadDataException error)
        {
            return new CaseOutcome(error.Message, [], [], [], new Dictionary<string, string>());
        }
    }

    private ReaderOptions Options() => new()
    {
        Threads = 2,
        Formats = SourceFormats.All,
        Mapping = ColumnMapping.Parse(Texts("map")),
        DateFormat = Text("date_format"),
        TimeZone = Text("time_zone"),
        Sheet = Text("sheet"),
        Currency = Text("currency"),
        RatesOfExchange = Text("rates_of_exchange") is { } rates ? Path.Combine(_folder, rates) : null,
        Keep = Texts("keep"),
        Drop = Texts("drop"),
        Refund = Texts("refund"),
        Where = Text("where"),
        KeepStrayDays = Text("stray_days") == "keep",
        DecimalSeparator = Text("decimal_separator")?[0],
        LatestDay = Text("latest_day") is { } day ? DateOnly.Parse(day, CultureInfo.InvariantCulture) : null,
        MaxRejectedShare = _json.TryGetProperty("max_rejected_share", out JsonElement share) ? share.GetDouble() : new ReaderOptions().MaxRejectedShare,
    };

    private string? Text(string name) => _json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private string[] Texts(string name) => _json.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(text => text.GetString()!)] : [];

    private string[] Lines(string name) => File.Exists(Path.Combine(_folder, name)) ? File.ReadAllLines(Path.Combine(_folder, name)) : [];
}
