namespace CustomerValue.CustomerBook;

/// <summary>Where the customer book is kept.</summary>
/// <param name="ConnectionString">
/// <c>Data Source=FILE</c> for the embedded SQLite database, <c>Host=SERVER;Database=...;Username=...;Password=...</c> for PostgreSQL.
/// </param>
public sealed record CustomerBookOptions(string ConnectionString)
{
    /// <summary>Name of the embedded database inside a model store.</summary>
    public const string FileName = "customers.db";

    /// <summary>The default: the embedded database inside a model store's folder.</summary>
    public static CustomerBookOptions InStore(string storeFolder) =>
        new($"Data Source={Path.Combine(Path.GetFullPath(storeFolder), FileName)}");

    /// <inheritdoc/>
    /// <remarks>Leaves the connection string out: it may hold a password.</remarks>
    public override string ToString() => nameof(CustomerBookOptions);
}
