namespace CustomerValue.Models.Store;

/// <summary>The note among the options of a version that was trained on simulated customers by <c>demo</c>.</summary>
public static class DemoNote
{
    /// <summary>Name of the option.</summary>
    public const string Name = "made-by";

    /// <summary>Its value.</summary>
    public const string Value = "demo";

    /// <summary>Whether a version carries the note.</summary>
    /// <param name="manifest">What the version is.</param>
    public static bool IsOn(Manifest manifest) => manifest.Options.GetValueOrDefault(Name) == Value;
}
