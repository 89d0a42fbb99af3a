namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reading was broken off because what it would hold does not fit.</summary>
/// <param name="share">The share of it that is likely to fit.</param>
internal sealed class LogTooLargeException(double share) : Exception($"Found a log larger than it may be, expected at most {share:P0} of it.")
{
    public double Share => share;
}
