using CustomerValue.Models.Store;

namespace CustomerValue.Serving.Errors;

/// <summary>Where the store lies on this machine is nobody's business outside: the log says it, answers do not.</summary>
internal static class StorePath
{
    /// <summary>A message with files of the store by their names inside it.</summary>
    public static string Hidden(string message, ModelStore store) =>
        message.Replace(store.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace($"Model store {store.Folder}", "The store", StringComparison.Ordinal)
            .Replace($"Store {store.Folder}", "The store", StringComparison.Ordinal).Replace(store.Folder, "the store", StringComparison.Ordinal);
}
