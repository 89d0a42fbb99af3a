namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Guards for what must be positive.</summary>
internal static class Positive
{
    /// <summary>The value, if it can be a model's parameter.</summary>
    public static double Parameter(double value, string name) => value > 0 && double.IsFinite(value)
        ? value : throw new ArgumentOutOfRangeException(name, value, $"Parameter {name} is a finite number above 0.");

    /// <summary>The value, if it can be the length of a window.</summary>
    public static double Time(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value : throw new ArgumentOutOfRangeException(name, value, "A window's length is a finite number, 0 or more.");
}
