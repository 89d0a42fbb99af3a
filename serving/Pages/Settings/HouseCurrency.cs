using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Work;

namespace CustomerValue.Serving.Pages.Settings;

/// <summary>The currency that money of the pages stands in: kept in memory, looked up again within a minute, since another instance may have changed it.</summary>
internal sealed class HouseCurrency(WorkDatabase work, TimeProvider clock) : IDisposable
{
    private const string Setting = "currency";
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(45);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;

    /// <summary>ISO 4217 code; null where none is set or the setting was not read yet.</summary>
    public string? Code => _known?.Code;

    /// <summary>Sees to it that the code is none of more than a minute ago. Where the database cannot be read, the last one stays.</summary>
    public async ValueTask LookAsync(CancellationToken cancellation)
    {
        if (IsFresh())
            return;
        // One reads; the others go on with what is known, or wait where nothing is.
        if (!await _reading.WaitAsync(_known is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
            return;
        try
        {
            if (!IsFresh())
                _known = new Known(await work.SettingAsync(Setting, cancellation), clock.GetTimestamp());
        }
        catch (CustomerBookException)
        {
            _known = new Known(Code, clock.GetTimestamp());
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Sets the currency for everybody.</summary>
    /// <param name="code">ISO 4217 code; null for none.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task SetAsync(string? code)
    {
        await _reading.WaitAsync(); // or a look that began before would bring the old one back
        try
        {
            await work.SetAsync(Setting, code);
            _known = new Known(code, clock.GetTimestamp());
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsFresh() => _known is { } known && clock.GetElapsedTime(known.Read) < s_age;

    private sealed record Known(string? Code, long Read);
}
