namespace CustomerValue.CustomerBook;

/// <summary>The customer book cannot be used as it is. The message names the place, what was found, what was expected and the way out; never a password.</summary>
public sealed class CustomerBookException : Exception
{
    /// <summary>A book that cannot be opened, read or written.</summary>
    /// <param name="message">Place, found, expected, way out.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public CustomerBookException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
