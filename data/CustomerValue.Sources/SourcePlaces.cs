using CustomerValue.Data.Transactions.Sources;
using CustomerValue.Sources.Databases;

namespace CustomerValue.Sources;

/// <summary>The places beyond files that transactions are read from: databases and lakes, named by an address.</summary>
public static class SourcePlaces
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ITransactionPlace> All { get; } = [new DatabasePlace()];

    /// <summary>Whether a name is an address and not a file.</summary>
    public static bool IsAddress(string name) => SourceAddress.SchemeOf(name) is not null;

    /// <summary>The same address where a file or folder within it counts from a given directory; others are left as they are.</summary>
    /// <param name="name">The address.</param>
    /// <param name="pathOf">Makes a path whole.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">It is no address that can be read.</exception>
    public static string Rooted(string name, Func<string, string> pathOf)
    {
        ArgumentNullException.ThrowIfNull(pathOf);
        SourceAddress address = SourceAddress.Parse(name);
        return address.Path is { Length: > 0 } path ? (address with { Path = pathOf(path) }).ToString() : name;
    }
}
