using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerValue.Data.Features;
using CustomerValue.Models.Candidates;

namespace CustomerValue.Models.Explanations;

/// <summary>Turns contributions into sentences by the templates of the features.</summary>
internal sealed class ChurnReasonWriter
{
    private const string Placeholder = "{value}";
    private const string LogPrefix = "log_";
    private static readonly string[] s_rhythm = ["prior_purchases", "prior_no_purchase", "prior_alive"];

    /// <summary>What each schema's features are told by, worked out once and kept as long as the schema.</summary>
    private static readonly ConditionalWeakTable<FeatureSchema, Names> s_names = [];

    private readonly FeatureTable _table;
    private readonly Names _names;

    public ChurnReasonWriter(FeatureTable table) => (_table, _names) = (table, s_names.GetValue(table.Schema, schema => new Names(schema)));

    /// <summary>Whether a feature is an answer of the prior about whether and how often someone buys.</summary>
    public static bool IsRhythm(string feature) => s_rhythm.Contains(feature);

    /// <summary>The feature under whose sentence another one is told.</summary>
    public string FamilyOf(string feature) => _names.Families.GetValueOrDefault(feature, feature);

    /// <summary>One contribution as a reason.</summary>
    public Reason Write(string feature, int row, double contribution)
    {
        FeatureDefinition definition = _names.Definitions[feature];
        int column = _table.Schema.Find(feature);
        double? value = column < 0 || float.IsNaN(_table.Column(column).Span[row]) ? null : _table.Column(column).Span[row];
        return new Reason(feature, value, contribution, Capital(
            column < 0 ? definition.Meaning.TrimEnd('.')
            : value is { } known ? definition.ReasonTemplate.Replace(Placeholder, Text(definition, known), StringComparison.Ordinal)
            : $"not known: {LowerFirst(definition.Meaning.TrimEnd('.'))}"));
    }

    /// <summary>The sentence of the rhythm.</summary>
    /// <param name="probability">Probability of no purchase by the history of purchases alone.</param>
    public static string Rhythm(double probability) =>
        string.Create(CultureInfo.InvariantCulture, $"The rhythm of purchases alone puts the chance of no purchase at {100 * probability:0} %");

    private static string Text(FeatureDefinition feature, double value) =>
        feature.Kind == FeatureKind.Categorical ? (value >= 0 && value < feature.Levels.Count ? feature.Levels[(int)value] : "not known")
        : feature.Unit switch
        {
            "share" or "probability" => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0} %"),
            "days" or "purchase days" or "lines" or "pieces" => value.ToString("#,0", CultureInfo.InvariantCulture),
            "money" => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.00", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private sealed class Names
    {
        public Names(FeatureSchema schema)
        {
            Definitions = schema.Features.Concat(BoostingInputs.PriorFeatures).ToDictionary(feature => feature.Name, StringComparer.Ordinal);
            Dictionary<string, string> bySentence = new(StringComparer.Ordinal);
            foreach (FeatureDefinition feature in Definitions.Values)
            {
                string linear = feature.Name.StartsWith(LogPrefix, StringComparison.Ordinal) ? feature.Name[LogPrefix.Length..] : "";
                bool general = !feature.ReasonTemplate.Contains(Placeholder, StringComparison.Ordinal);
                if (general)
                    bySentence.TryAdd(feature.ReasonTemplate, feature.Name);
                Families[feature.Name] = general ? bySentence[feature.ReasonTemplate] : Definitions.ContainsKey(linear) ? linear : feature.Name;
            }
        }

        public Dictionary<string, FeatureDefinition> Definitions { get; }

        public Dictionary<string, string> Families { get; } = new(StringComparer.Ordinal);
    }
}
