using System.Globalization;
using System.Resources;
using CustomerValue.Decisions.Planning;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Talking;

/// <summary>Names and sentences of contact plans in one language; one key each in <c>PlanWords.resx</c> and <c>PlanWordsChinese.resx</c>.</summary>
public sealed class PlanWords
{
    private static readonly PlanWords s_english = new("PlanWords"), s_chinese = new("PlanWordsChinese");
    private readonly ResourceManager _words;

    private PlanWords(string resource) => _words = new ResourceManager($"CustomerValue.Decisions.Talking.{resource}", typeof(PlanWords).Assembly);

    /// <summary>The words of a language.</summary>
    public static PlanWords In(Language language) => language == Language.Chinese ? s_chinese : s_english;

    /// <summary>Name of a kind of customer.</summary>
    public string Name(CustomerKind kind) => this[$"kind.{kind}"];

    /// <summary>Name of a purpose.</summary>
    public string Name(ContactPurpose purpose) => this[$"purpose.{purpose}"];

    /// <summary>Name of a state.</summary>
    public string Name(ContactState state) => this[$"state.{state}"];

    internal string Point(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[$"point.{key}"], values);

    private string this[string key] => _words.GetString(key, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"The words hold no key '{key}'.");
}
