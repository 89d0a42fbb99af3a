namespace CustomerValue.Decisions.Contacts;

/// <summary>What came of one contact with a customer: a line of <c>contacts.csv</c> (客户回访记录表).</summary>
public sealed record ContactRecord
{
    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who spoke with the customer; empty where unknown.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Through which channel of the playbook.</summary>
    public required string Channel { get; init; }

    /// <summary>For which action of the playbook; empty for none.</summary>
    public string Action { get; init; } = "";

    /// <summary>Whether the customer was reached.</summary>
    public required bool Reached { get; init; }

    /// <summary>What came of it, in words.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>How content the customer is, 1 to 5; null where not asked.</summary>
    public int? Satisfaction { get; init; }

    /// <summary>What the customer complained of; empty for nothing.</summary>
    public string Complaint { get; init; } = "";

    /// <summary>The day the complaint was settled; null while it is open.</summary>
    public DateOnly? ComplaintClosed { get; init; }

    /// <summary>What the customer promised; empty for nothing.</summary>
    public string Promise { get; init; } = "";

    /// <summary>By when; null where no day was named.</summary>
    public DateOnly? PromiseDue { get; init; }

    /// <summary>Whether the promise was kept; null while that is open.</summary>
    public bool? PromiseKept { get; init; }

    /// <summary>What to do next, in words.</summary>
    public string NextStep { get; init; } = "";
}
