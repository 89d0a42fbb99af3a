using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Customers;

/// <summary>Brings the book of an earlier version up to this one once the service listens, and asks it for nobody, so that the first caller does not wait while the mapping of tables is worked out.</summary>
internal sealed class BookWarmUp(CustomerBookDatabase book, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>No customer: ids have at least one character.</summary>
    private const string Nobody = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration begun = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await book.UpgradeAsync(stoppingToken);
        }
        catch (CustomerBookException)
        {
            // One that cannot be written is answered for as it is.
        }
        try
        {
            await book.FindAsync(Nobody, stoppingToken);
            await book.HeaderAsync(stoppingToken);
        }
        catch (CustomerBookException)
        {
            // Whoever asks for a customer is told.
        }
    }
}
