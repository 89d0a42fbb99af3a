using System.Globalization;
using System.Resources;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>Headings and sentences of the portfolio report in one language; one key each in <c>PageWords.resx</c> and <c>PageWordsChinese.resx</c>.</summary>
public sealed class PageText
{
    private static readonly PageText s_english = new("PageWords"), s_chinese = new("PageWordsChinese");
    private readonly ResourceManager _words;

    private PageText(string resource) => _words = new ResourceManager($"CustomerValue.Reporting.Portfolio.{resource}", typeof(PageText).Assembly);

    /// <summary>The text of a language.</summary>
    public static PageText In(Language language) => language == Language.Chinese ? s_chinese : s_english;

    /// <summary>The text under a key.</summary>
    public string this[string key] => _words.GetString(key, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"The page's words hold no key '{key}'.");

    /// <summary>The pattern under a key, filled in.</summary>
    public string With(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);
}
