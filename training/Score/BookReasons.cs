namespace CustomerValue.Training.Score;

/// <summary>How many reasons of churn a customer has in the book.</summary>
internal static class BookReasons
{
    private const int Reasons = 3;

    /// <summary>Above this many customers the book goes without: working them out takes longer than everything else that scoring does.</summary>
    private const int MostCustomers = 100_000;

    /// <summary>Reasons a customer for a base of this size.</summary>
    public static int For(int customers) => customers <= MostCustomers ? Reasons : 0;
}
