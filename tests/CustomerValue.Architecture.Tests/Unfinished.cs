namespace CustomerValue.Architecture.Tests;

/// <summary>What the house still owes its own plan. Numbers here only fall; the file goes with the last of them.</summary>
internal static class Unfinished
{
    /// <summary>Names that more than one type bears, at most.</summary>
    public const int SharedNames = 19;
}
