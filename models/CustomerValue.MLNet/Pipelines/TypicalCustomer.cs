using CustomerValue.Data.Features;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>A customer who never was: the median of each number, the commonest level of each category, missing where most miss it. Nobody's own figures travel with the model.</summary>
internal static class TypicalCustomer
{
    public static float?[] Of(FeatureTable table) => [.. Enumerable.Range(0, table.Schema.Count).Select(feature =>
    {
        float[] known = [.. table.Column(feature).ToArray().Where(value => !float.IsNaN(value)).Order()];
        return 2 * known.Length < table.RowCount || known.Length == 0 ? (float?)null
            : table.Schema.Features[feature].Kind == FeatureKind.Categorical ? known.GroupBy(value => value).MaxBy(group => group.Count())!.Key
            : known[known.Length / 2];
    })];
}
