namespace CustomerValue.Decisions.Contacts;

/// <summary>The contacts with one customer before a day, in the order of days, and what they mean for the next.</summary>
public sealed class ContactHistory
{
    private const int MostDoublings = 3;

    /// <summary>Nobody spoke with the customer yet.</summary>
    public static ContactHistory None { get; } = new([]);

    /// <summary>A history.</summary>
    /// <param name="records">Contacts in any order.</param>
    public ContactHistory(IEnumerable<ContactRecord> records)
    {
        Records = [.. records.OrderBy(record => record.Day)];
        Last = Records.Count > 0 ? Records[^1] : null;
        OpenComplaint = Records.LastOrDefault(record => record.Complaint.Length > 0 && record.ComplaintClosed is null);
        ContactRecord? promise = Records.LastOrDefault(record => record.Promise.Length > 0);
        OpenPromise = promise?.PromiseKept is null ? promise : null;
        // Thanked is who was reached again after the record that holds the promise.
        KeptPromise = promise?.PromiseKept == true && !Records.Any(record => record.Reached && record.Day > promise.Day) ? promise : null;
        Satisfaction = Records.LastOrDefault(record => record.Satisfaction is not null);
        for (int i = Records.Count - 1; i >= 0 && !Records[i].Reached; i--)
            Unanswered++;
    }

    /// <summary>The contacts.</summary>
    public IReadOnlyList<ContactRecord> Records { get; }

    /// <summary>The last contact, or null.</summary>
    public ContactRecord? Last { get; }

    /// <summary>The complaint that waits for an answer, or null.</summary>
    public ContactRecord? OpenComplaint { get; }

    /// <summary>The customer's promise that is neither kept nor broken yet, or null.</summary>
    public ContactRecord? OpenPromise { get; }

    /// <summary>The customer's kept promise that nobody thanked for yet, or null.</summary>
    public ContactRecord? KeptPromise { get; }

    /// <summary>The contact that asked last how content the customer is, or null.</summary>
    public ContactRecord? Satisfaction { get; }

    /// <summary>Contacts in a row, up to the last, in which the customer was not reached.</summary>
    public int Unanswered { get; }

    /// <summary>The last contact for an action, or null.</summary>
    public ContactRecord? LastOf(string action) => Records.LastOrDefault(record => record.Action == action);

    /// <summary>Times the cooling-off that the customer is left alone: 1, and twice as long for the second contact in a row without an answer and each further one, 8 at most.</summary>
    public int Patience => Unanswered < 2 ? 1 : 1 << Math.Min(MostDoublings, Unanswered - 1);
}
