using CustomerValue.CustomerBook;
using CustomerValue.Serving.Pages.Segments;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>Reads and counts a new book before the first visitor asks: over a million customers that takes seconds. What saved segments come to in it is kept.</summary>
internal sealed class SummariesWarmUp(CustomerBookDatabase book, BookMemory memory, BookSummaries summaries, SegmentDesk segments, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_look, clock);
        DateTimeOffset? counted = null;
        do
            try
            {
                if (await book.HeaderAsync(stoppingToken) is { } header && header.ScoredAt != counted)
                {
                    counted = header.ScoredAt;
                    await summaries.OverviewAsync(stoppingToken);
                    await summaries.ChangesAsync(stoppingToken);
                    if (await memory.CurrentAsync(stoppingToken) is { } columns)
                        await segments.KeepAsync(columns, stoppingToken);
                }
            }
            catch (CustomerBookException)
            {
                // Whoever opens a page is told.
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
