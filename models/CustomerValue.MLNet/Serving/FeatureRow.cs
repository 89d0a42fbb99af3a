using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Serving;

/// <summary>One customer's features in the order of the version's schema: numbers, and positions of levels; NaN is missing.</summary>
internal sealed class FeatureRow
{
    [VectorType]
    public float[] Values { get; set; } = [];
}
