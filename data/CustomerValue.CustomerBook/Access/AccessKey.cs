namespace CustomerValue.CustomerBook.Access;

/// <summary>A key with which a program calls the service. The secret is not kept, only its SHA-256: it holds 256 random bits, so that a slow hash would protect nothing more.</summary>
public sealed class AccessKey
{
    /// <summary>What the secret begins with: names the key in lists and logs, and tells nothing of the rest.</summary>
    public required string Prefix { get; init; }

    /// <summary>Whose key it is.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret in UTF-8, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What it may do: words of <see cref="AccessScope"/> with a space between them.</summary>
    public required string Scopes { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>From when on it is worth nothing, UTC; null for never.</summary>
    public DateTime? Expires { get; set; }

    /// <summary>When it was revoked, UTC; null where it was not.</summary>
    public DateTime? Revoked { get; set; }

    /// <summary>Whether it opens anything at a moment.</summary>
    /// <param name="utc">The moment.</param>
    public bool IsValid(DateTime utc) => Revoked is null && (Expires is null || utc < Expires);
}
