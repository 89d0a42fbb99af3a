using System.Security.Cryptography;
using System.Text;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;

namespace CustomerValue.Data.Features;

/// <summary>The ordered features of a model. Its hash travels with the model: features of another hash are refused.</summary>
public sealed class FeatureSchema
{
    private readonly Dictionary<string, int> _positions;

    /// <summary>A schema of given features.</summary>
    /// <param name="features">The features in order; names are unique, and appended ones come last.</param>
    /// <param name="attributes">The attributes behind the features made from a second file; none where null.</param>
    /// <exception cref="ArgumentException">A name stands twice, or a feature of the builder follows an appended one.</exception>
    public FeatureSchema(IReadOnlyList<FeatureDefinition> features, AttributeSchema? attributes = null)
    {
        Features = [.. features];
        Attributes = attributes ?? AttributeSchema.Empty;
        _positions = new Dictionary<string, int>(Features.Count, StringComparer.Ordinal);
        bool appended = false;
        foreach (FeatureDefinition feature in Features)
        {
            if (!_positions.TryAdd(feature.Name, _positions.Count))
                throw new ArgumentException($"The feature {feature.Name} stands twice in the schema.", nameof(features));
            if (appended && feature.Source != FeatureSource.Appended)
                throw new ArgumentException($"The feature {feature.Name} follows an appended one; what the builder makes comes first.", nameof(features));
            appended = feature.Source == FeatureSource.Appended;
        }
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));
    }

    /// <summary>The features in order.</summary>
    public IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>The attributes behind the features made from a second file.</summary>
    public AttributeSchema Attributes { get; }

    /// <summary>Number of features.</summary>
    public int Count => Features.Count;

    /// <summary>SHA-256 in hex of the schema's canonical text, <see cref="ToJson"/>.</summary>
    public string Hash { get; }

    /// <summary>Position of a feature by name, or -1.</summary>
    public int Find(string name) => _positions.GetValueOrDefault(name, -1);

    /// <summary>The part that the builder makes: this schema without what was appended.</summary>
    public FeatureSchema WithoutAppended() => Features is [.., { Source: FeatureSource.Appended }] ? new([.. Features.Where(feature => feature.Source != FeatureSource.Appended)], Attributes) : this;

    /// <summary>This schema with further features at the end.</summary>
    /// <exception cref="ArgumentException">A name is taken, or a definition does not say that it is appended.</exception>
    public FeatureSchema With(IEnumerable<FeatureDefinition> appended)
    {
        FeatureDefinition[] added = [.. appended];
        foreach (FeatureDefinition feature in added)
            if (feature.Source != FeatureSource.Appended)
                throw new ArgumentException($"The feature {feature.Name} has the source {feature.Source}; what is appended says so.", nameof(appended));
        return new FeatureSchema([.. Features, .. added], Attributes);
    }

    /// <summary>The house's features for a catalogue's aggregates and a second file's attributes.</summary>
    /// <param name="catalogue">The aggregates; a feature whose aggregates are not there is left out.</param>
    /// <param name="attributes">The attributes; none where null.</param>
    public static FeatureSchema Standard(AggregateCatalogue catalogue, AttributeSchema? attributes = null)
    {
        IEnumerable<FeatureDefinition> made = FeatureFormulas.For(catalogue).Select(formula => formula.Definition);
        return new FeatureSchema([.. made, .. AttributeFeatures.DefinitionsOf(attributes ?? AttributeSchema.Empty)], attributes);
    }

    /// <summary>The schema as data; one schema has one text.</summary>
    public string ToJson() => FeatureSchemaJson.Write(this);

    /// <summary>The schema from its data.</summary>
    /// <exception cref="Diagnostics.BadDataException">The text is not a schema.</exception>
    public static FeatureSchema FromJson(string json) => FeatureSchemaJson.Read(json);
}
