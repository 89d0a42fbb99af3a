namespace CustomerValue.Data.Diagnostics;

/// <summary>The data cannot be used as they are. The message names place, what was found, what was expected and the way out.</summary>
public sealed class BadDataException : Exception
{
    /// <summary>An error in the user's data.</summary>
    /// <param name="message">Place, found, expected, way out.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public BadDataException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
