using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>The keys and people of the database, looked at again once a second: who is revoked or locked out may nothing a second later.</summary>
/// <remarks>Where there was a key or a person once, callers must be one until the program ends, whatever becomes of the database; where it cannot be read, those last read stay.</remarks>
internal sealed class AccessList(AccessDatabase database, IOptions<ServingOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;

    /// <summary>Whether everyone may call: no key was ever made, no person added, no token is taken, and no server signs people in.</summary>
    /// <exception cref="CustomerBookException">The database was never read and cannot be.</exception>
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellation) => options.Value is { Jwt.IsConfigured: false, Security.OpenIdConnect.IsConfigured: false } && (await KnownAsync(cancellation)).IsEmpty;

    /// <summary>Whether nobody can sign in yet.</summary>
    /// <exception cref="CustomerBookException">The database was never read and cannot be.</exception>
    public async ValueTask<bool> HasNobodyAsync(CancellationToken cancellation) => (await KnownAsync(cancellation)).People.Count == 0;

    /// <summary>The key of a secret; null where there is none that is worth anything now.</summary>
    /// <exception cref="CustomerBookException">The database was never read and cannot be.</exception>
    public async ValueTask<AccessKey?> FindKeyAsync(string secret, CancellationToken cancellation)
    {
        Known known = await KnownAsync(cancellation);
        return known.Keys.TryGetValue(KeySecret.PrefixOf(secret), out AccessKey? key) && key.IsOf(secret) && key.IsValid(clock.GetUtcNow().UtcDateTime) ? key : null;
    }

    /// <summary>A person who is not locked out; null where there is none of the name.</summary>
    /// <exception cref="CustomerBookException">The database was never read and cannot be.</exception>
    public async ValueTask<AccessPerson?> FindPersonAsync(string name, CancellationToken cancellation) =>
        (await KnownAsync(cancellation)).People.TryGetValue(AccessPerson.NameOf(name), out AccessPerson? person) && person.Locked is null ? person : null;

    /// <summary>Looks again at once: someone of this program changed the database.</summary>
    public void Forget() => _known = _known is { } known ? known with { IsStale = true } : null;

    public void Dispose() => _reading.Dispose();

    private async ValueTask<Known> KnownAsync(CancellationToken cancellation)
    {
        if (IsFresh(_known))
            return _known!;
        // One reads; the others go on with what is known, or wait where nothing is or it was changed here.
        if (!await _reading.WaitAsync(_known is null or { IsStale: true } ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
            return _known!;
        try
        {
            if (IsFresh(_known))
                return _known!;
            Known now = new((await database.KeysAsync(cancellation)).ToDictionary(key => key.Prefix, StringComparer.Ordinal), (await database.PeopleAsync(cancellation)).ToDictionary(person => person.Name, StringComparer.Ordinal), clock.GetTimestamp());
            return _known = now.IsEmpty && _known is { IsEmpty: false } ? _known with { Read = now.Read, IsStale = false } : now;
        }
        catch (CustomerBookException) when (_known is not null)
        {
            return _known = _known with { Read = clock.GetTimestamp(), IsStale = false };
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsFresh(Known? known) => known is { IsStale: false } && clock.GetElapsedTime(known.Read) < s_age;

    private sealed record Known(IReadOnlyDictionary<string, AccessKey> Keys, IReadOnlyDictionary<string, AccessPerson> People, long Read)
    {
        public bool IsEmpty => Keys.Count == 0 && People.Count == 0;

        public bool IsStale { get; init; }
    }
}
