using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace CustomerValue.Client;

// Calls that belong together.
public sealed partial class CustomerValueClient
{
    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(200), s_look = TimeSpan.FromSeconds(5);

    /// <summary>Customers of the book one after another, asked for a page at a time while they are read.</summary>
    /// <param name="sort">A column, with a minus before it for the greatest first; the id unless given.</param>
    /// <param name="filters">Columns of text that must be equal, and bounds of numbers by <c>min_</c> or <c>max_</c> before a column.</param>
    /// <param name="pageSize">Customers of a page, 1 to 500.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<JsonObject> EveryCustomerAsync(string? sort = null, IReadOnlyDictionary<string, string>? filters = null, int pageSize = 500, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? after = null;
        do
        {
            CustomerPageAnswer page = await ListCustomersAsync(sort: sort, limit: pageSize, after: after, filters: filters, cancellation: cancellation).ConfigureAwait(false);
            foreach (JsonObject customer in page.Customers)
                yield return customer;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Waits until a job is done, failed or cancelled, and gives it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellation">Ends the waiting, not the job.</param>
    public async Task<JobAnswer> WaitForJobAsync(string id, CancellationToken cancellation = default)
    {
        for (TimeSpan pause = s_firstLook; ; pause = pause * 2 < s_look ? pause * 2 : s_look)
        {
            JobAnswer job = await GetJobAsync(id, cancellation).ConfigureAwait(false);
            if (job.State is not (JobState.Queued or JobState.Running))
                return job;
            await Task.Delay(pause, _options.Clock, cancellation).ConfigureAwait(false);
        }
    }
}
