using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Security;

/// <summary>The keys of the database, looked at again once a second: a revoked one is worth nothing a second later.</summary>
/// <remarks>Where there was a key once, callers need one until the program ends, whatever becomes of the database; where it cannot be read, the keys last read stay.</remarks>
internal sealed class KeyRing(AccessDatabase database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;

    /// <summary>Whether everyone may call: no key was ever made.</summary>
    /// <exception cref="CustomerBookException">The database was never read and cannot be.</exception>
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellation) => (await KnownAsync(cancellation)).Keys.Count == 0;

    /// <summary>The key of a secret; null where there is none that is worth anything now.</summary>
    /// <exception cref="CustomerBookException">The database was never read and cannot be.</exception>
    public async ValueTask<AccessKey?> FindAsync(string secret, CancellationToken cancellation)
    {
        Known known = await KnownAsync(cancellation);
        return known.Keys.TryGetValue(KeySecret.PrefixOf(secret), out AccessKey? key) && key.IsOf(secret) && key.IsValid(clock.GetUtcNow().UtcDateTime) ? key : null;
    }

    public void Dispose() => _reading.Dispose();

    private async ValueTask<Known> KnownAsync(CancellationToken cancellation)
    {
        long now = clock.GetTimestamp();
        if (_known is { } known && clock.GetElapsedTime(known.Read, now) < s_age)
            return known;
        // One reads; the others go on with what is known, or wait where nothing is.
        if (!await _reading.WaitAsync(_known is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
            return _known!;
        try
        {
            if (_known is { } meanwhile && clock.GetElapsedTime(meanwhile.Read) < s_age)
                return meanwhile;
            IReadOnlyList<AccessKey> keys = await database.KeysAsync(cancellation);
            return _known = keys.Count == 0 && _known is { Keys.Count: > 0 } ? _known with { Read = now } : new Known(keys.ToDictionary(key => key.Prefix, StringComparer.Ordinal), now);
        }
        catch (CustomerBookException) when (_known is not null)
        {
            return _known = _known with { Read = now };
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Known(IReadOnlyDictionary<string, AccessKey> Keys, long Read);
}
