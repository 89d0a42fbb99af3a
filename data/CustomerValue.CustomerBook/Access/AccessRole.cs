namespace CustomerValue.CustomerBook.Access;

/// <summary>What people are, and what each may do.</summary>
public static class AccessRole
{
    /// <summary>Looks at everything and changes nothing.</summary>
    public const string Viewer = "viewer";

    /// <summary>Plans campaigns, records contacts, saves segments, edits the playbook, downloads lists.</summary>
    public const string Marketer = "marketer";

    /// <summary>Everything; also who else may.</summary>
    public const string Admin = "admin";

    /// <summary>All roles, from the one that may least.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Marketer, Admin];

    /// <summary>What a role may do: words of <see cref="AccessScope"/>; nothing for a word that is no role.</summary>
    public static IReadOnlyList<string> ScopesOf(string role) => role switch
    {
        Viewer => [AccessScope.Read],
        Marketer => [AccessScope.Read, AccessScope.Export, AccessScope.Campaign],
        Admin => [AccessScope.Admin],
        _ => [],
    };
}
