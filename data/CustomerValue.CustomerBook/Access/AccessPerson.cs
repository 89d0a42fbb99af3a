namespace CustomerValue.CustomerBook.Access;

/// <summary>Someone who signs in to the pages. The password is not kept, only what <see cref="Password.HashOf"/> makes of it.</summary>
public sealed class AccessPerson
{
    /// <summary>The name to sign in with; there are no two of one name, whatever the case of its letters.</summary>
    public required string Name { get; init; }

    /// <summary>What was made of the password.</summary>
    public required string Hash { get; set; }

    /// <summary>A word of <see cref="AccessRole"/>.</summary>
    public required string Role { get; set; }

    /// <summary>Changes with password, role and lock: who signed in before it changed is signed in no more.</summary>
    public required string Stamp { get; set; }

    /// <summary>When the person was added, UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>When the person was locked out, UTC; null where not.</summary>
    public DateTime? Locked { get; set; }

    /// <summary>How names are compared and kept: without blanks around, in small letters.</summary>
    public static string NameOf(string typed) => typed.Trim().ToLowerInvariant();
}
