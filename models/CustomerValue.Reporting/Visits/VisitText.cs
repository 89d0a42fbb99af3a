using System.Globalization;
using System.Resources;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Visits;

/// <summary>Words of visit sheets in one language; one key each in <c>VisitWords.resx</c> and <c>VisitWordsChinese.resx</c>.</summary>
internal sealed class VisitText
{
    private static readonly VisitText s_english = new("VisitWords"), s_chinese = new("VisitWordsChinese");
    private readonly ResourceManager _words;

    private VisitText(string resource) => _words = new ResourceManager($"CustomerValue.Reporting.Visits.{resource}", typeof(VisitText).Assembly);

    public static VisitText In(Language language) => language == Language.Chinese ? s_chinese : s_english;

    public string this[string key] => _words.GetString(key, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"The visit sheet's words hold no key '{key}'.");

    public string With(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);
}
