namespace CustomerValue.Architecture.Tests;

/// <summary>What the house still owes its own plan. Numbers here only fall; the file goes with the last of them.</summary>
internal static class Unfinished
{
    /// <summary>Pairs of folders that know each other, at most, in projects whose floors are not written down yet.</summary>
    public static Dictionary<string, int> Circles { get; } = new(StringComparer.Ordinal)
    {
        ["CustomerValue.MLNet"] = 2,
        ["CustomerValue.Serving"] = 8,
        ["CustomerValue.Training"] = 4,
    };

    /// <summary>Names that more than one type bears, at most.</summary>
    public const int SharedNames = 20;

    /// <summary>Public types that no other project uses, at most.</summary>
    public static Dictionary<string, int> PublicTypes { get; } = new(StringComparer.Ordinal)
    {
        ["CustomerValue.Models"] = 30,
        ["CustomerValue.Strategy"] = 15,
        ["CustomerValue.Data"] = 30,
        ["CustomerValue.Serving"] = 30,
    };
}
