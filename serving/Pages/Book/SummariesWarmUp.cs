using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>Reads and counts a new book before the first visitor asks: over a million customers that takes seconds.</summary>
internal sealed class SummariesWarmUp(CustomerBookDatabase book, BookSummaries summaries, TimeProvider clock) : BackgroundService
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
                }
            }
            catch (CustomerBookException)
            {
                // Whoever opens a page is told.
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
