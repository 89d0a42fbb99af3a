namespace CustomerValue.Architecture.Tests;

/// <summary>What the house still owes its own plan. Numbers here only fall; the file goes with the last of them.</summary>
internal static class Unfinished
{
    /// <summary>Pairs of folders that know each other, at most, in projects whose floors are not written down yet.</summary>
    public static Dictionary<string, int> Circles { get; } = new(StringComparer.Ordinal) { ["CustomerValue.MLNet"] = 2 };

    /// <summary>Names that more than one type bears, at most.</summary>
    public const int SharedNames = 19;
}
