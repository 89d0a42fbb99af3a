namespace CustomerValue.Data.Transactions;

/// <summary>A line that could not be read.</summary>
/// <param name="File">Path of the file as it was given.</param>
/// <param name="Line">Line in the file, from 1; the header is line 1. A record over several lines has the number of its first.</param>
/// <param name="Column">Name of the column, <c>#3</c> where there is no header, or empty where the whole line is meant.</param>
/// <param name="Found">The text found, at most 80 characters, or what was counted.</param>
/// <param name="Expected">What would have been right.</param>
public sealed record RejectedRow(string File, long Line, string Column, string Found, string Expected)
{
    /// <summary>Place, found and expected as one sentence.</summary>
    public override string ToString() => Column.Length == 0
        ? $"{File} line {Line}: found {Found}, expected {Expected}"
        : $"{File} line {Line}, column '{Column}': found '{Found}', expected {Expected}";
}
