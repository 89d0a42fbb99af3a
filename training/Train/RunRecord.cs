using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Sources;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Train;

/// <summary>A training run as the manifest's options, and back: everything that decides what comes out.</summary>
internal static class RunRecord
{
    private const string DateForm = "yyyy-MM-dd";
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>The run by name of option.</summary>
    public static Dictionary<string, string> Describe(TransactionInput input, RacePlan plan, StrategySources strategy)
    {
        ReaderOptions reading = input.Options;
        Dictionary<string, string> record = new()
        {
            ["transactions"] = JsonSerializer.Serialize(input.Files, StoreJson.Compact),
            ["attributes"] = input.AttributesFile ?? "",
            ["attributes-sha256"] = HashOfAttributes(input) ?? "",
            ["cutoff"] = Day(plan.Cutoff),
            ["horizon"] = Text(plan.Horizon.Days),
            ["seed"] = Text(plan.Seed),
            ["candidates"] = plan.Candidates,
            ["sample"] = Text(plan.Sample),
            ["margin-rate"] = Text(plan.Value.DefaultMarginRate),
            ["value-months"] = Text(plan.Value.HorizonMonths),
            ["discount-rate"] = Text(plan.Value.AnnualDiscountRate),
            ["map"] = JsonSerializer.Serialize(reading.Mapping.Columns.Select(pair => $"{ColumnMapping.NameOf(pair.Key)}={pair.Value}"), StoreJson.Compact),
            ["returns"] = Text(reading.Returns),
            ["zero-amounts"] = Text(reading.ZeroAmounts),
            ["date-format"] = reading.DateFormat ?? "",
            ["delimiter"] = Text(reading.Delimiter),
            ["decimal"] = Text(reading.DecimalSeparator),
            ["encoding"] = reading.Encoding ?? "",
            ["time-zone"] = reading.TimeZone ?? "",
            ["sheet"] = reading.Sheet ?? "",
            ["currency"] = reading.Currency ?? "",
            ["rates-of-exchange"] = reading.RatesOfExchange ?? "",
            ["keep"] = JsonSerializer.Serialize(reading.Keep, StoreJson.Compact),
            ["drop"] = JsonSerializer.Serialize(reading.Drop, StoreJson.Compact),
            ["refund"] = JsonSerializer.Serialize(reading.Refund, StoreJson.Compact),
            ["where"] = reading.Where ?? "",
            ["stray-days"] = reading.KeepStrayDays ? "keep" : "",
            ["header"] = reading.HasHeader switch { true => "yes", false => "no", null => "" },
            ["max-rejected"] = Text(reading.MaxRejectedShare),
            ["latest-day"] = Day(reading.LatestDay),
            ["strategy-sha256"] = strategy.Hash() ?? "",
        };
        foreach ((string name, string? path) in strategy.Named)
            record[name] = path ?? "";
        return record;
    }

    /// <summary>The run that made a version.</summary>
    /// <exception cref="ModelStoreException">The manifest does not tell it.</exception>
    public static (TransactionInput Input, RacePlan Plan) Read(Manifest manifest)
    {
        try
        {
            ReaderOptions reading = new()
            {
                Mapping = ColumnMapping.Parse(JsonSerializer.Deserialize<string[]>(Option(manifest, "map"))!),
                Returns = Enum.Parse<ReturnsPolicy>(Option(manifest, "returns"), ignoreCase: true),
                ZeroAmounts = Enum.Parse<ZeroAmounts>(Option(manifest, "zero-amounts"), ignoreCase: true),
                DateFormat = Given(manifest, "date-format"),
                Delimiter = Option(manifest, "delimiter") is { Length: > 0 } delimiter ? delimiter[0] : null,
                DecimalSeparator = Given(manifest, "decimal")?[0],
                Encoding = Later(manifest, "encoding"),
                TimeZone = Later(manifest, "time-zone"),
                Sheet = Later(manifest, "sheet"),
                Currency = Later(manifest, "currency"),
                RatesOfExchange = Later(manifest, "rates-of-exchange"),
                Keep = LaterList(manifest, "keep"),
                Drop = LaterList(manifest, "drop"),
                Refund = LaterList(manifest, "refund"),
                Where = Later(manifest, "where"),
                KeepStrayDays = Later(manifest, "stray-days") == "keep",
                Formats = SourceFormats.All,
                Places = SourcePlaces.All,
                HasHeader = Given(manifest, "header") is { } header ? header == "yes" : null,
                MaxRejectedShare = double.Parse(Option(manifest, "max-rejected"), s_culture),
                LatestDay = Given(manifest, "latest-day") is { } day ? DateOnly.ParseExact(day, DateForm, s_culture) : null,
            };
            RacePlan plan = new(manifest.Cutoff, new Horizon(manifest.HorizonDays), int.Parse(Option(manifest, "seed"), s_culture), new ValueOptions
            {
                HorizonMonths = int.Parse(Option(manifest, "value-months"), s_culture),
                AnnualDiscountRate = double.Parse(Option(manifest, "discount-rate"), s_culture),
                DefaultMarginRate = double.Parse(Option(manifest, "margin-rate"), s_culture),
            })
            {
                Candidates = manifest.Options.GetValueOrDefault("candidates") ?? Entrants.House, // runs that do not name it were made before others raced
                Sample = Later(manifest, "sample") is { } sample ? int.Parse(sample, s_culture) : int.MaxValue, // before customers were drawn, everyone took part
            };
            return (new TransactionInput(JsonSerializer.Deserialize<string[]>(Option(manifest, "transactions"))!, reading, Given(manifest, "attributes")), plan);
        }
        catch (Exception error) when (error is FormatException or JsonException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new ModelStoreException($"Version {manifest.Version} records options that this program does not understand: {error.Message} Train it again.", error);
        }
    }

    /// <summary>What the strategy of a version rests on.</summary>
    /// <returns>Null where the version has none.</returns>
    public static StrategySources? ReadStrategy(Manifest manifest) => manifest.Files.Any(file => file.Name == StrategyOfVersion.FileName)
        ? StrategySources.By(name => Later(manifest, name))
        : null;

    /// <summary>SHA-256 in hex of the attributes file, or null where there is none.</summary>
    public static string? HashOfAttributes(TransactionInput input)
    {
        if (input.AttributesFile is null)
            return null;
        using FileStream stream = File.OpenRead(input.AttributesFile);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Option(Manifest manifest, string name) => manifest.Options.GetValueOrDefault(name)
        ?? throw new ModelStoreException($"Version {manifest.Version} does not record the option '{name}' of its run; it was trained by {manifest.Product}, before runs were recorded. Train it again.");

    /// <summary>An option that runs of earlier releases did not know.</summary>
    private static string? Later(Manifest manifest, string name) => manifest.Options.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    private static string[] LaterList(Manifest manifest, string name) => Later(manifest, name) is { } list ? JsonSerializer.Deserialize<string[]>(list)! : [];

    private static string? Given(Manifest manifest, string name) => Option(manifest, name) is { Length: > 0 } text ? text : null;

    private static string Day(DateOnly? day) => day?.ToString(DateForm, s_culture) ?? "";

    private static string Text<T>(T value) => value is Enum word ? word.ToString().ToLowerInvariant() : string.Create(s_culture, $"{value}");
}
