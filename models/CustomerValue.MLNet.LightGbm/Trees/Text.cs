using System.Globalization;

namespace CustomerValue.MLNet.LightGbm.Trees;

/// <summary>Numbers as ML.NET's expressions spell them.</summary>
internal static class Text
{
    public static string Single(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    public static string Double(double value) => value < 0 ? $"(-{Double(-value)})" : value.ToString("R", CultureInfo.InvariantCulture) + "d";
}
