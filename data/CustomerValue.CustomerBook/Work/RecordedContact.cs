namespace CustomerValue.CustomerBook.Work;

/// <summary>What came of one contact with a customer, as a page recorded it; the columns of <c>contacts.csv</c> and who wrote it down.</summary>
public sealed class RecordedContact
{
    /// <summary>Number of the record; given when it is written.</summary>
    public long Id { get; init; }

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The day of the contact.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who spoke with the customer; empty where unknown.</summary>
    public required string Owner { get; init; }

    /// <summary>Through which channel.</summary>
    public required string Channel { get; init; }

    /// <summary>For which action of the playbook; empty for none.</summary>
    public required string Action { get; init; }

    /// <summary>Whether the customer was reached.</summary>
    public required bool Reached { get; init; }

    /// <summary>What came of it, in words.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the customer complained of; empty for nothing.</summary>
    public required string Complaint { get; init; }

    /// <summary>The day on which the complaint was settled; null while it is open.</summary>
    public DateOnly? ComplaintClosed { get; set; }

    /// <summary>When to contact the customer again; null for no day.</summary>
    public DateOnly? Again { get; init; }

    /// <summary>What to do next, in words.</summary>
    public required string NextStep { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTime Written { get; init; }
}
