using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy.Naming;

/// <summary>Names of values, quadrants, stages and strategies, and sentence patterns of reasons, in one language; one key each in <c>Words.resx</c> and <c>WordsChinese.resx</c>.</summary>
public sealed class Wording
{
    private readonly ResourceManager _words;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    private Wording(string resource) => _words = new ResourceManager($"CustomerValue.Strategy.Naming.{resource}", typeof(Wording).Assembly);

    /// <summary>English words.</summary>
    public static Wording English { get; } = new("Words");

    /// <summary>Chinese words.</summary>
    public static Wording Chinese { get; } = new("WordsChinese");

    /// <summary>The words of a language.</summary>
    public static Wording In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>Name of a value.</summary>
    public string Name(ValueKind value) => Text($"value.{value}");

    /// <summary>Name of a quadrant.</summary>
    public string Name(Quadrant quadrant) => Text($"quadrant.{quadrant}");

    /// <summary>Name of a lifecycle stage.</summary>
    public string Name(LifecycleStage stage) => Text($"stage.{stage}");

    /// <summary>Name of a strategy.</summary>
    public string Name(Recommendation recommendation) => Text($"strategy.{recommendation}");

    /// <summary>What a strategy means in practice.</summary>
    /// <param name="recommendation">The strategy.</param>
    /// <param name="options">The choices that share the budget.</param>
    public Practice Practice(Recommendation recommendation, StrategyOptions options) => new(
        Name(recommendation),
        Text($"service.{recommendation}"),
        Text($"channels.{recommendation}"),
        options.BudgetShares.ElementAtOrDefault((int)recommendation),
        Text($"next.{recommendation}"));

    internal string Reason(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, Text($"reason.{key}"), values);

    private string Text(string key) => _known.TryGetValue(key, out string? known) ? known : _known[key] = _words.GetString(key, CultureInfo.InvariantCulture)
        ?? throw new MissingManifestResourceException($"The words hold no key '{key}'.");
}
