namespace CustomerValue.Data.Features;

/// <summary>Where in the year the cutoff and the horizon stand; the same for every customer of a snapshot.</summary>
internal static class SeasonFeatures
{
    public static void AddTo(FeatureFormulas list)
    {
        AddAngle(list, "cutoff", "the cutoff", inputs => inputs.Cutoff);
        AddAngle(list, "horizon_middle", "the middle of the horizon", inputs => inputs.Cutoff + inputs.HorizonDays / 2);
    }

    private static void AddAngle(FeatureFormulas list, string name, string what, Func<FeatureInputs, int> day)
    {
        list.Add($"{name}_sin", "sine of the year", $"Sine of the day of the year of {what}: highest at the end of March.", "the season plays its part", [], inputs =>
        {
            double value = Math.Sin(FeatureMath.YearAngle(day(inputs)));
            return _ => value;
        });
        list.Add($"{name}_cos", "cosine of the year", $"Cosine of the day of the year of {what}: highest at New Year.", "the season plays its part", [], inputs =>
        {
            double value = Math.Cos(FeatureMath.YearAngle(day(inputs)));
            return _ => value;
        });
    }
}
