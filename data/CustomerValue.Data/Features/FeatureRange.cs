namespace CustomerValue.Data.Features;

/// <summary>Between which ends the values of a feature are held, so that a finite history gives finite features: a denominator next to nothing would otherwise give anything.</summary>
/// <param name="Low">Least value.</param>
/// <param name="High">Greatest value.</param>
public readonly record struct FeatureRange(float Low, float High)
{
    private const float MostRatio = 1e6f;
    private const float Most = 1e30f;

    /// <summary>Shares and ratios lie within a million on either side, everything else within 1e30.</summary>
    /// <param name="unit">The feature's unit.</param>
    public static FeatureRange Of(string unit) => unit is "share" or "ratio" ? new(-MostRatio, MostRatio) : new(-Most, Most);

    /// <summary>A value held at the nearer end; missing stays missing.</summary>
    public float Hold(double value) => (float)Math.Clamp(value, Low, High);
}
