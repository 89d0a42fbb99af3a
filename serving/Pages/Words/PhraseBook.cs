using System.Collections.Concurrent;
using System.Globalization;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Serving.Pages.Words;

/// <summary>Sentences of the pages in one language; English is its own key.</summary>
internal sealed class PhraseBook
{
    private static readonly PhraseBook s_english = new(null), s_chinese = new(ChinesePhrases.All.Concat(ChineseProblems.All).ToDictionary(StringComparer.Ordinal));
    private readonly Dictionary<string, string>? _translated;

    /// <summary>Sentences that were asked for in Chinese and are not there; tests want none.</summary>
    internal static ConcurrentDictionary<string, bool> Missing { get; } = new(StringComparer.Ordinal);

    private PhraseBook(Dictionary<string, string>? translated) => _translated = translated;

    public static PhraseBook In(Language language) => language == Language.Chinese ? s_chinese : s_english;

    /// <summary>The sentence, by its English; English where it was not translated.</summary>
    public string this[string english]
    {
        get
        {
            if (_translated is null)
                return english;
            if (_translated.TryGetValue(english, out string? translated))
                return translated;
            Missing.TryAdd(english, true);
            return english;
        }
    }

    /// <summary>A pattern, by its English, filled in.</summary>
    public string With(string english, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[english], values);
}
