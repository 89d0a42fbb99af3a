using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>Joins the attributes of a second file to the features.</summary>
internal static class AttributeFeatures
{
    public static IEnumerable<FeatureDefinition> DefinitionsOf(AttributeSchema attributes) => attributes.Columns.Select(column => new FeatureDefinition(NameOf(column), column.Kind switch { AttributeKind.Numeric => "as in the file", AttributeKind.Date => "days", _ => "level" }, column.Kind == AttributeKind.Date ? $"Days from the customer's {column.Name} to the cutoff." : $"The customer's {column.Name}.", column.Kind == AttributeKind.Date ? $"{column.Name} was {{value}} days ago" : $"{column.Name} is {{value}}", column.Kind == AttributeKind.Categorical ? FeatureKind.Categorical : FeatureKind.Numeric, column.Levels)
    {
        Source = FeatureSource.Attributes,
    });

    /// <summary>Fills the columns of attribute features, missing where nothing is known, and says how well the files fit.</summary>
    public static (List<Finding> Findings, AttributeFit? Fit) Join(CustomerAggregates aggregates, FeatureSchema schema, CustomerAttributes? attributes, Span<float[]> columns)
    {
        AttributeColumn[] wanted = [.. schema.Attributes.Columns];
        if (wanted.Length != columns.Length)
            throw new ArgumentException("The schema's attribute features and its attributes differ.", nameof(schema));
        for (int i = 0; i < columns.Length; i++)
            columns[i] = NewMissing(aggregates.Count);
        if (wanted.Length == 0 || attributes is null)
            return (wanted.Length == 0 ? [] : [new Finding("no-attributes", Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The model knows {wanted.Length} attribute(s) and none were given; they are taken as missing."), "Give the file of customer attributes.")], null);

        int cutoff = aggregates.Window.Cutoff.DayNumber, without = 0;
        int[] sources = Array.ConvertAll(wanted, column => attributes.Schema.Find(column.Name));
        for (int i = 0; i < wanted.Length; i++)
            if (sources[i] >= 0 && !SameMeaning(wanted[i], attributes.Schema.Columns[sources[i]]))
                throw new ArgumentException($"The attribute {wanted[i].Name} was read otherwise than the schema wants; read the file with the schema's attributes.", nameof(attributes));
        for (int row = 0; row < aggregates.Count; row++)
        {
            int at = attributes.Find(aggregates.CustomerId(row));
            if (at < 0)
            {
                without++;
                continue;
            }
            for (int i = 0; i < wanted.Length; i++)
                if (sources[i] >= 0)
                    columns[i][row] = wanted[i].Kind == AttributeKind.Date ? DaysBefore(cutoff, attributes.Column(sources[i])[at]) : FeatureRange.Of("as in the file").Hold(attributes.Column(sources[i])[at]);
        }
        AttributeFit fit = new(attributes.Findings, attributes.Count, aggregates.Count, without, attributes.Ids.Count(id => aggregates.Customers.Find(id) < 0));
        return (fit.ToFindings(), fit);
    }

    private static string NameOf(AttributeColumn column) => $"attribute_{column.Name}";

    private static bool SameMeaning(AttributeColumn wanted, AttributeColumn read) => wanted.Kind == read.Kind && wanted.Levels.SequenceEqual(read.Levels);

    // A day on or after the cutoff belongs to the future: not known yet.
    private static float DaysBefore(int cutoff, double day) => day < cutoff ? (float)(cutoff - day) : float.NaN;

    private static float[] NewMissing(int count)
    {
        float[] values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }
}
