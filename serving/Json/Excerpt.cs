namespace CustomerValue.Serving.Json;

/// <summary>Text that came from outside, short enough to be repeated.</summary>
internal static class Excerpt
{
    private const int Longest = 80;
    private const string Cut = "...";

    /// <summary>The text, cut after 80 characters.</summary>
    public static string Of(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - Cut.Length), Cut);
}
