using CustomerValue.Data.Features;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Views;

/// <summary>Features as columns of ML.NET: a number is a <c>Single</c>, a category a key whose values are its levels, and <see cref="Vector"/> holds them all as numbers.</summary>
/// <remarks>
/// In the vector a number has one slot, NaN where missing, and a category one slot a level, 1 for the customer's own (all 0 where missing). Slots are named
/// after features, and <c>feature.level</c>.
/// </remarks>
internal sealed class FeatureColumns
{
    /// <summary>Name of the column with all features; the one trainers of ML.NET look for.</summary>
    public const string Vector = "Features";

    private const string SlotNames = "SlotNames", KeyValues = "KeyValues";

    public FeatureColumns(IEnumerable<(string Name, IReadOnlyList<string> Levels)> features)
    {
        Features = [.. features];
        Slots = [.. Features.SelectMany((feature, f) => feature.Levels.Count == 0
            ? [new FeatureSlot(feature.Name, f, null)]
            : feature.Levels.Select((level, code) => new FeatureSlot($"{feature.Name}.{level}", f, code)))];
    }

    /// <summary>Name of each feature, and its levels where it is a category.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Levels)> Features { get; }

    /// <summary>What stands where in the vector.</summary>
    public FeatureSlot[] Slots { get; }

    public static FeatureColumns Of(FeatureSchema schema) => new(schema.Features.Select(feature => (feature.Name, feature.Levels)));

    /// <summary>The columns that a saved model asks for.</summary>
    /// <exception cref="FormatException">They are not features.</exception>
    public static FeatureColumns Of(DataViewSchema saved) => new(saved.Where(column => column.Name != Vector && !column.IsHidden).Select(column => (column.Name, (IReadOnlyList<string>)LevelsOf(column))));

    /// <summary>Adds the columns to a schema: the features in order, then the vector.</summary>
    public void AddTo(DataViewSchema.Builder schema)
    {
        foreach ((string name, IReadOnlyList<string> levels) in Features)
            if (levels.Count == 0)
                schema.AddColumn(name, NumberDataViewType.Single);
            else
                AddKey(schema, name, levels);
        schema.AddColumn(Vector, new VectorDataViewType(NumberDataViewType.Single, Slots.Length), Texts(SlotNames, [.. Slots.Select(slot => slot.Name)]));
    }

    /// <summary>Adds a category: a key whose values are its levels.</summary>
    public static void AddKey(DataViewSchema.Builder schema, string name, IReadOnlyList<string> levels) => schema.AddColumn(name, new KeyDataViewType(typeof(uint), levels.Count), Texts(KeyValues, levels));

    /// <summary>The schema of these columns alone.</summary>
    public DataViewSchema ToSchema()
    {
        DataViewSchema.Builder schema = new();
        AddTo(schema);
        return schema.ToSchema();
    }

    /// <summary>Reads a column of the row that stands there when it is called.</summary>
    /// <param name="column">Position among the columns that <see cref="AddTo"/> adds.</param>
    /// <param name="row">Where to read.</param>
    public Delegate Getter(int column, IFeatureRow row) =>
        column == Features.Count ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Fill(ref value, row))
        : Features[column].Levels.Count == 0 ? (ValueGetter<float>)((ref float value) => value = row[column])
        : (ValueGetter<uint>)((ref uint value) => value = float.IsNaN(row[column]) ? 0 : (uint)row[column] + 1);

    private void Fill(ref VBuffer<float> value, IFeatureRow row)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, Slots.Length);
        Span<float> values = editor.Values;
        for (int slot = 0; slot < values.Length; slot++)
            values[slot] = Slots[slot].Of(row[Slots[slot].Feature]);
        value = editor.Commit();
    }

    private static DataViewSchema.Annotations Texts(string kind, IReadOnlyList<string> texts)
    {
        ReadOnlyMemory<char>[] values = [.. texts.Select(text => text.AsMemory())];
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(kind, new VectorDataViewType(TextDataViewType.Instance, values.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(values.Length, values));
        return annotations.ToAnnotations();
    }

    private static string[] LevelsOf(DataViewSchema.Column column)
    {
        if (column.Type is NumberDataViewType { RawType: { } raw } && raw == typeof(float))
            return [];
        if (column.Type is not KeyDataViewType || column.Annotations.Schema.GetColumnOrNull(KeyValues) is null)
            throw new FormatException($"column '{column.Name}' holds {column.Type}, expected a Single or a key with its values");
        VBuffer<ReadOnlyMemory<char>> levels = default;
        column.GetKeyValues(ref levels);
        return [.. levels.DenseValues().Select(level => level.ToString())];
    }
}

/// <summary>One place in the vector of features.</summary>
/// <param name="Name">Name of the slot.</param>
/// <param name="Feature">Position of the feature.</param>
/// <param name="Level">The level that it stands for, or null where it holds the number itself.</param>
internal readonly record struct FeatureSlot(string Name, int Feature, int? Level)
{
    /// <summary>What it holds for a value of the feature.</summary>
    public float Of(float value) => Level is not { } level ? value : value == level ? 1 : 0;
}
