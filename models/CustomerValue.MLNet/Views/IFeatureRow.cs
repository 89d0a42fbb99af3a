namespace CustomerValue.MLNet.Views;

/// <summary>One customer's features as the feature table holds them: numbers, and positions of levels; NaN is missing.</summary>
internal interface IFeatureRow
{
    float this[int feature] { get; }
}
