using System.Globalization;
using System.Text;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Views;

namespace CustomerValue.MLNet;

/// <summary>Writes the C# class of a customer's features: a property a feature, and the vector made of them.</summary>
internal static class RowWriter
{
    public static string Write(FeatureSchema schema)
    {
        FeatureSlot[] slots = FeatureColumns.Of(schema).Slots;
        string[] names = Names(schema);
        StringBuilder code = new();
        code.Append(CultureInfo.InvariantCulture, $$"""
            // Written by customer-value features. The columns are those of the features with SHA-256 {{schema.Hash}}.
            #nullable enable
            using Microsoft.ML.Data;

            /// <summary>One customer's features, as PredictionEngine takes them. Numbers are NaN, categories 0 where missing.</summary>
            public sealed class Row
            {

            """);
        for (int f = 0; f < names.Length; f++)
            Property(code, schema.Features[f], names[f]);
        string[] values = Array.ConvertAll(slots, slot => slot.Level is { } level ? string.Create(CultureInfo.InvariantCulture, $"{names[slot.Feature]} == {level + 1} ? 1 : 0") : names[slot.Feature]);
        code.Append(CultureInfo.InvariantCulture, $$"""
                /// <summary>All features as numbers, a slot a number and a slot a level; made from the other properties.</summary>
                [ColumnName("{{FeatureColumns.Vector}}"), VectorType({{slots.Length}})]
                public float[] {{FeatureColumns.Vector}}
                {
                    get => [{{string.Join(", ", values)}}];
                    set { } // ML.NET wants one; the properties above decide
                }
            }

            """);
        return code.ToString().ReplaceLineEndings("\n");
    }

    private static void Property(StringBuilder code, FeatureDefinition feature, string name)
    {
        string column = Literal(feature.Name), meaning = Comment(feature.Meaning);
        if (feature.Levels.Count == 0)
            code.Append(CultureInfo.InvariantCulture, $$"""
                    /// <summary>{{meaning}} Unit: {{Comment(feature.Unit)}}.</summary>
                    [ColumnName({{column}})]
                    public float {{name}} { get; set; } = float.NaN;


                """);
        else
            code.Append(CultureInfo.InvariantCulture, $$"""
                    /// <summary>{{meaning}} A key of <see cref="{{name}}Key"/>.</summary>
                    [ColumnName({{column}}), KeyType({{feature.Levels.Count}})]
                    public uint {{name}} { get; set; }

                    /// <summary>The key of a level's name; 0 where it is none.</summary>
                    public static uint {{name}}Key(string? level) => level switch { {{string.Join(", ", feature.Levels.Select((level, code) => string.Create(CultureInfo.InvariantCulture, $"{Literal(level)} => {code + 1}")))}}, _ => 0 };


                """);
    }

    /// <summary>Names of properties: words of the feature's name with capitals, told apart by numbers where two would be the same.</summary>
    private static string[] Names(FeatureSchema schema)
    {
        HashSet<string> taken = new(StringComparer.Ordinal) { "Row", FeatureColumns.Vector };
        return [.. schema.Features.Select(feature =>
        {
            string words = string.Concat(feature.Name.Split([.. feature.Name.Where(letter => !char.IsLetterOrDigit(letter)).Append('_')], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            string name = words.Length == 0 || char.IsDigit(words[0]) ? $"Feature{words}" : words;
            for (int number = 2; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{words}{number}");
            taken.Add($"{name}Key");
            return name;
        })];
    }

    private static string Literal(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char letter in text)
            literal.Append(letter is '"' or '\\' ? $"\\{letter}" : char.IsControl(letter) || char.IsSurrogate(letter) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : $"{letter}");
        return literal.Append('"').ToString();
    }

    private static string Comment(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
