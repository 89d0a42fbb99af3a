namespace CustomerValue.CustomerBook.Access;

/// <summary>That someone did what others may ask about later: signed in, took a file with many customers, changed who may, erased.</summary>
public sealed class AuditRecord
{
    /// <summary>Number of the record; given when it is written.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Who: a person's name, the prefix of a key, <c>command line</c>, or <c>local</c> where nobody signs in.</summary>
    public required string Who { get; init; }

    /// <summary>What, in a word or two: <c>export customers</c>.</summary>
    public required string What { get; init; }

    /// <summary>More of it; never a customer's id.</summary>
    public required string Detail { get; init; }
}
