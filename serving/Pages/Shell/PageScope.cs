using System.Globalization;
using CustomerValue.Reporting.Design;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Security;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Serving.Pages.Shell;

/// <summary>What every page of one request knows: the language, the words, the currency, and the address that was asked for.</summary>
/// <param name="context">The request; null where a page is rendered outside of one.</param>
/// <param name="currency">ISO 4217 code of the currency that money stands in; null for plain numbers.</param>
internal sealed class PageScope(HttpContext? context, string? currency = null)
{
    /// <summary>The cookie and the query's name of the language.</summary>
    public const string LanguageName = "language";

    private const string Chinese = "zh";

    /// <summary>The request; null where a page is rendered outside of one.</summary>
    public HttpContext? Context { get; } = context;

    /// <summary>The language: asked for in the address, chosen before, or what the browser prefers.</summary>
    public Language Language { get; } = Chosen(context);

    /// <summary>The language as pages state it.</summary>
    public string Code => Language == Language.Chinese ? Chinese : "en";

    /// <summary>Sentences of the pages.</summary>
    public PhraseBook Words => PhraseBook.In(Language);

    /// <summary>Names of strategies, stages and values.</summary>
    public Wording Names => Wording.In(Language);

    public string Money(double? value) => Readable.Money(value ?? double.NaN, Language, currency);

    public string Between(double? low, double? high) => Readable.Between(low ?? double.NaN, high ?? double.NaN, Language, currency);

    /// <summary>Whether whoever asks may do what a scope stands for.</summary>
    public bool May(string scope) => Context?.User.May(scope) == true;

    /// <summary>The address asked for, in the other language.</summary>
    public string InOtherLanguage
    {
        get
        {
            QueryString query = QueryString.Empty;
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in Context?.Request.Query.Where(pair => pair.Key != LanguageName) ?? [])
                query = query.Add(name, value.ToString());
            return (Context?.Request.Path.Value ?? "/") + query.Add(LanguageName, Language == Language.Chinese ? "en" : Chinese);
        }
    }

    private static Language Chosen(HttpContext? context)
    {
        string? named = context?.Request.Query[LanguageName].LastOrDefault() ?? context?.Request.Cookies[LanguageName];
        return named is "en" or Chinese ? named == Chinese ? Language.Chinese : Language.English
            : context?.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(accepted => accepted.Quality ?? 1).FirstOrDefault()?.Value.ToString().StartsWith(Chinese, true, CultureInfo.InvariantCulture) == true ? Language.Chinese : Language.English;
    }
}
