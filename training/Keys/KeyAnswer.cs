using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Training.Keys;

/// <summary>A key as <c>keys --json</c> tells it.</summary>
/// <param name="Prefix">What its secret begins with.</param>
/// <param name="Name">Whose key it is.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">From when on it is worth nothing; null for never.</param>
/// <param name="State"><c>valid</c>, <c>expired</c> or <c>revoked</c>.</param>
internal sealed record KeyAnswer(string Prefix, string Name, IReadOnlyList<string> Scopes, DateTime Created, DateTime? Expires, string State)
{
    /// <summary>The secret; told once, when the key is made.</summary>
    public string? Secret { get; init; }

    public static KeyAnswer Of(AccessKey key, DateTime now) =>
        new(key.Prefix, key.Name, key.Scopes.Split(' '), key.Created, key.Expires, key.Revoked is not null ? "revoked" : key.IsValid(now) ? "valid" : "expired");
}

/// <summary><c>keys list --json</c>.</summary>
/// <param name="Place">Where keys are kept.</param>
/// <param name="Keys">The keys, oldest first.</param>
internal sealed record KeysAnswer(string Place, IReadOnlyList<KeyAnswer> Keys);
