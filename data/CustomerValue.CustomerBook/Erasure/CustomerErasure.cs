using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.CustomerBook.Work;

namespace CustomerValue.CustomerBook.Erasure;

/// <summary>Takes a customer out of everything that names customers, and sees to it that the next file does not bring them back.</summary>
/// <param name="store">Folder of the models: the list of the erased is kept there, and files that people brought are beside it.</param>
/// <param name="book">The customer book.</param>
/// <param name="work">Segments and contacts.</param>
/// <param name="outcomes">What was reported of customers, and kept forecasts.</param>
/// <param name="access">Where it is written down that somebody was erased, and not who.</param>
/// <param name="campaigns">Puts a name that tells nothing in the place of an id in all campaigns; gives the names of those campaigns.</param>
/// <param name="clock">When it was done.</param>
public sealed class CustomerErasure(string store, CustomerBookDatabase book, WorkDatabase work, OutcomeDatabase outcomes, AccessDatabase access, Func<string, string, IReadOnlyList<string>> campaigns, TimeProvider clock)
{
    /// <summary>Folder in the store of files that people brought to train on.</summary>
    public const string UploadsFolder = "uploads";

    /// <summary>Folder in the store of jobs on big files: a folder each, with the file that was sent and the result.</summary>
    public const string JobsFolder = "jobs";

    private const string Gone = ".gone";

    /// <summary>Erases a customer; doing it again does no harm, and ends what broke off.</summary>
    /// <param name="customer">The id.</param>
    /// <param name="who">Who erases.</param>
    /// <param name="cancellation">Stops between two places.</param>
    /// <exception cref="CustomerBookException">The list of the erased or a database cannot be written.</exception>
    public async Task<ErasureReceipt> EraseAsync(string customer, string who, CancellationToken cancellation = default)
    {
        string alias = ErasedCustomers.Add(store, customer); // first: whatever breaks off then, nobody comes back
        bool wasInBook = await book.EraseAsync(customer, cancellation);
        int contacts = await work.EraseAsync(customer, cancellation);
        int reported = await outcomes.EraseAsync(customer, cancellation);
        IReadOnlyList<string> segments = [.. (await work.SegmentsAsync(cancellation)).Where(segment => Names(segment.Condition, customer)).Select(segment => segment.Name)];
        foreach (string segment in segments)
            await work.RemoveSegmentAsync(segment, cancellation);
        int files = RemoveFolders(UploadsFolder) + RemoveFolders(JobsFolder);
        IReadOnlyList<string> drawn = campaigns(customer, alias);
        await access.RecordAsync(new AuditRecord { Time = clock.GetUtcNow().UtcDateTime, Who = who, What = "erase customer", Detail = $"{alias}; contacts {contacts}, outcomes {reported}, segments {segments.Count}, campaigns {drawn.Count}" }, cancellation);
        return new ErasureReceipt(wasInBook, contacts, reported, segments, drawn, files);
    }

    private int RemoveFolders(string of)
    {
        string place = Path.Combine(store, of);
        string[] folders = Directory.Exists(place) ? Directory.GetDirectories(place) : [];
        foreach (string folder in folders)
        {
            // Under another name nothing is put into it while it goes: a program that works on a job may be writing there.
            string gone = folder.EndsWith(Gone, StringComparison.Ordinal) ? folder : folder + Gone;
            if (gone != folder)
                Directory.Move(folder, gone);
            Directory.Delete(gone, recursive: true);
        }
        return folders.Length;
    }

    /// <summary>Whether a condition speaks of a customer by the id: the id stands in it in quotes.</summary>
    private static bool Names(string condition, string customer) =>
        condition.Contains($"'{customer.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal) || condition.Contains($"\"{customer}\"", StringComparison.Ordinal);
}

/// <summary>What an erasure took away.</summary>
/// <param name="WasInBook">Whether the customer was in the book.</param>
/// <param name="Contacts">Contacts that were written down.</param>
/// <param name="Outcomes">Reported transactions and kept forecasts.</param>
/// <param name="Segments">Segments whose condition named the customer.</param>
/// <param name="Campaigns">Campaigns in which another name stands for the customer now.</param>
/// <param name="Uploads">Uploaded files, and jobs with what was sent for them and came of it: whether the customer is in one is not looked at, they all go.</param>
public sealed record ErasureReceipt(bool WasInBook, int Contacts, int Outcomes, IReadOnlyList<string> Segments, IReadOnlyList<string> Campaigns, int Uploads);
