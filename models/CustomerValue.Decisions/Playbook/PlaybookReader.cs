using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;

namespace CustomerValue.Decisions.Playbook;

/// <summary>Reads a playbook: JSON with comments allowed, every mistake named with its place, what was found and what was expected.</summary>
public static class PlaybookReader
{
    private const int MostActions = 64;
    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    private static readonly (string, EffectKind)[] s_kinds =
        [("buying", EffectKind.Buying), ("spend", EffectKind.Spend), ("referrals", EffectKind.Referrals), ("cost_to_serve", EffectKind.CostToServe)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Columns that eligibility may name.</param>
    /// <exception cref="BadDataException">The playbook cannot be used.</exception>
    public static ActionPlaybook Read(string path, IReadOnlyList<ExpressionColumn> columns)
    {
        return Parse(ReadBytes(path), path, columns);
    }

    /// <summary>The bytes of a file, to be parsed.</summary>
    /// <exception cref="BadDataException">There is no readable file.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: found no readable file ({error.Message}), expected a playbook; check the path and its rights.", error);
        }
    }

    /// <summary>The playbook that comes with the product: twenty actions with assumed effects.</summary>
    public static ActionPlaybook Default(IReadOnlyList<ExpressionColumn> columns) => Parse(DefaultBytes(), "default playbook", columns);

    /// <summary>The bytes of that playbook, to begin one's own with.</summary>
    public static byte[] DefaultBytes()
    {
        using Stream stream = typeof(PlaybookReader).Assembly.GetManifestResourceStream("default-playbook.json")!;
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Reads a playbook from memory.</summary>
    /// <param name="bytes">UTF-8 JSON.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="columns">Columns that eligibility may name.</param>
    /// <exception cref="BadDataException">The playbook cannot be used.</exception>
    public static ActionPlaybook Parse(byte[] bytes, string name, IReadOnlyList<ExpressionColumn> columns)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, s_options);
            JsonPart root = new(document.RootElement, name, "$schema", "format", "channels", "actions");
            root.Whole("format", 1, 1, "1, the only format there is");
            Channel[] channels = [.. root.Items("channels", "a list of channels").Select(item => ReadChannel(item.Value, item.Place, columns))];
            Unique(root, channels.Select(channel => channel.Id), "channel");
            PlaybookAction[] actions = [.. root.Items("actions", "a list of actions").Select(item => ReadAction(item.Value, item.Place, channels, columns))];
            Unique(root, actions.Select(action => action.Id), "action");
            if (actions.Length is 0 or > MostActions)
                throw root.Bad(string.Create(CultureInfo.InvariantCulture, $"found {actions.Length} actions, expected 1 to {MostActions}"));
            return new ActionPlaybook(channels, actions, Convert.ToHexStringLower(SHA256.HashData(bytes))) { Content = bytes };
        }
        catch (JsonException error)
        {
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture, $"{name} line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: found no JSON, expected a playbook; {error.Message}"), error);
        }
    }

    private static Channel ReadChannel(JsonElement element, string place, IReadOnlyList<ExpressionColumn> columns)
    {
        JsonPart part = new(element, place, "id", "name", "cost", "daily_capacity", "consent");
        string id = part.Text("id", "a name like phone");
        part = new JsonPart(element, $"{place} '{id}'", "id", "name", "cost", "daily_capacity", "consent");
        return new Channel(id, Names(part, "name"), part.Number("cost", 0, 1e9, "what one contact costs, 0 or more"), Capacity(part), Condition(part, "consent", columns));
    }

    private static PlaybookAction ReadAction(JsonElement element, string place, Channel[] channels, IReadOnlyList<ExpressionColumn> columns)
    {
        string[] keys = ["id", "name", "strategies", "channel", "service_level", "fixed_cost", "unit_cost", "effects", "lasts_days", "eligibility", "never", "cadence_days", "cooldown_days", "daily_capacity"];
        string id = new JsonPart(element, place, keys).Text("id", "a name like win-back-call");
        JsonPart part = new(element, $"{place} '{id}'", keys);
        string channel = part.Text("channel", "the id of a channel");
        string[] strategies = [.. part.Items("strategies", "a list of strategies").Select(item => item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString()! : "")];
        if (strategies.Length == 0)
            throw part.Bad("found no strategies, expected at least one");
        foreach (string strategy in strategies)
            if (!StrategyNames.All.Contains(strategy, StringComparer.Ordinal))
                throw part.Bad($"found the strategy '{strategy}', expected one of {string.Join(", ", StrategyNames.All)}; {NearestName.Hint(strategy, StrategyNames.All, "strategies")}");
        if (!part.Has("unit_cost") && !part.Has("fixed_cost"))
            throw part.Bad("found no cost, expected 'unit_cost', money a customer, and 'fixed_cost' where it costs something once; write 0 where it is free");
        Effect[] effects = [.. Effects(part)];
        return new PlaybookAction
        {
            Id = id,
            Name = Names(part, "name"),
            Strategies = strategies,
            Channel = channels.FirstOrDefault(known => known.Id == channel)
                ?? throw part.Bad($"'channel': found '{channel}', expected one of the channels above; {NearestName.Hint(channel, [.. channels.Select(known => known.Id)], "channels")}"),
            ServiceLevel = Names(part, "service_level"),
            FixedCost = part.OptionalNumber("fixed_cost", 0, 1e12, "money of 0 or more") ?? 0,
            UnitCost = part.OptionalNumber("unit_cost", 0, 1e9, "money of 0 or more") ?? 0,
            Effects = effects.Length > 0 ? effects : throw part.Bad("found no effects, expected at least one of buying, spend, referrals, cost_to_serve"),
            LastsDays = part.Whole("lasts_days", 1, 3650, "how long the effect lasts, 1 to 3650 days"),
            Eligibility = Condition(part, "eligibility", columns),
            Never = Condition(part, "never", columns),
            CadenceDays = part.Has("cadence_days") ? part.Whole("cadence_days", 1, 3650, "1 to 3650 days") : null,
            CooldownDays = part.Whole("cooldown_days", 0, 3650, "days after it without another contact, 0 to 3650"),
            DailyCapacity = Capacity(part),
        };
    }

    private static IEnumerable<Effect> Effects(JsonPart action)
    {
        JsonPart effects = new(action.Required("effects", "an object with at least one of buying, spend, referrals, cost_to_serve"), $"{action.Place}, effects", "buying", "spend", "referrals", "cost_to_serve");
        foreach ((string key, EffectKind kind) in s_kinds)
        {
            if (!effects.Has(key))
                continue;
            JsonPart part = new(effects.Required(key, ""), $"{action.Place}, effects, {key}", "mean", "low", "high", "source", "campaign");
            (double least, double most, string range) = kind == EffectKind.Referrals ? (0.0, 10.0, "0 to 10 customers") : (-1.0, 1.0, "a share of -1 to 1, so at most 100 %: 0.05 for 5 %");
            double mean = part.Number("mean", least, most, range), low = part.Number("low", least, most, range), high = part.Number("high", least, most, range);
            if (!(low <= mean && mean <= high))
                throw part.Bad(string.Create(CultureInfo.InvariantCulture, $"found low {low}, mean {mean}, high {high}, expected them in this order"));
            string source = part.Text("source", "assumed or measured");
            if (source is not Effect.Assumed and not Effect.Measured)
                throw part.BadValue("source", "assumed or measured");
            if (source == Effect.Measured && !part.Has("campaign"))
                throw part.Bad("found a measured effect without 'campaign', expected the campaign that measured it");
            yield return new Effect(kind, mean, low, high, source, part.Has("campaign") ? part.Text("campaign", "the name of a campaign") : null);
        }
    }

    private static double? Capacity(JsonPart part) =>
        part.OptionalNumber("daily_capacity", double.Epsilon, 1e9, "more than 0 a working day; leave it out for no limit, and take the action out where there is none");

    private static TwoNames Names(JsonPart part, string key)
    {
        JsonPart names = new(part.Required(key, "{\"en\": ..., \"zh\": ...}"), $"{part.Place}, {key}", "en", "zh");
        string english = names.Text("en", "a name in English");
        return new TwoNames(english, names.Has("zh") ? names.Text("zh", "a name in Chinese") : english);
    }

    private static Expression? Condition(JsonPart part, string key, IReadOnlyList<ExpressionColumn> columns)
    {
        if (!part.Has(key))
            return null;
        try
        {
            return Expression.ParseCondition(part.Text(key, "a condition like churn_probability > 0.5"), columns);
        }
        catch (ExpressionException error)
        {
            throw error.In($"{part.Place}, {key}");
        }
    }

    private static void Unique(JsonPart root, IEnumerable<string> ids, string what)
    {
        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw root.Bad($"found the {what} '{twice.Key}' twice, expected different ids; rename one");
    }
}
