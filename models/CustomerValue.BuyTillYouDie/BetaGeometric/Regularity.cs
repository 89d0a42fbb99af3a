namespace CustomerValue.BuyTillYouDie;

/// <summary>The range of k, the shape of Erlang times between purchases.</summary>
internal static class Regularity
{
    /// <summary>Largest k that a search tries.</summary>
    public const int LargestTried = 12;

    private const int Largest = 50;

    public static int Checked(int k) => k is >= 1 and <= Largest
        ? k : throw new ArgumentOutOfRangeException(nameof(k), k, $"Regularity k is a whole number from 1 to {Largest}.");

    /// <summary>k from a stored parameter.</summary>
    public static int Whole(double k) => k == Math.Floor(k)
        ? Checked((int)Math.Clamp(k, int.MinValue, int.MaxValue)) : throw new ArgumentOutOfRangeException(nameof(k), k, "Regularity k is a whole number.");
}
