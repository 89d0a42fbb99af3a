namespace CustomerValue.Models.Store;

/// <summary>A store, or a version in it, cannot be used as it is. The message names the place, what was found, what was expected and the way out.</summary>
public sealed class ModelStoreException : Exception
{
    /// <summary>An invalid store or version.</summary>
    /// <param name="message">Place, found, expected, way out.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ModelStoreException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Whether the store as a whole cannot be written, such as on a full disk: no fault of a version.</summary>
    public bool IsUnwritable { get; init; }
}
