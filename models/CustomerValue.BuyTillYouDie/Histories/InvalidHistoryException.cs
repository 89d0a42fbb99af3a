namespace CustomerValue.BuyTillYouDie;

/// <summary>A purchase history that no customer can have; the message names the row, what was found and what was expected.</summary>
public sealed class InvalidHistoryException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what was expected.</param>
    /// <param name="row">Zero-based row of the customer; -1 when the fault is not one row's.</param>
    public InvalidHistoryException(string message, int row = -1) : base(message) => Row = row;

    /// <summary>Zero-based row of the customer at fault; -1 when the fault is not one row's.</summary>
    public int Row { get; }
}
