using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>
/// Looks now and then (twice a second, unless set otherwise) at a one-line file that names a version; loads and verifies a new one in the background and lets it take over. Whatever is wrong with it, what was
/// loaded before goes on. Polling also works where change notifications do not, on network drives and in containers.
/// </summary>
internal abstract class VersionWatcher(ModelStore store, TimeProvider clock, IOptions<ServingOptions> options) : BackgroundService
{
    /// <summary>A refused version is tried again now and then: it may have been restored.</summary>
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>When the version that was tried last was named; whoever names it again wants it tried again.</summary>
    private DateTime _tried;

    /// <summary>The store.</summary>
    protected ModelStore Store => store;

    /// <summary>Path of the file.</summary>
    protected abstract string Place { get; }

    /// <summary>The version that the file names; null for none.</summary>
    protected abstract string? Named { get; }

    /// <summary>The version that is loaded; null for none.</summary>
    protected abstract string? Loaded { get; }

    /// <summary>The version that was refused last.</summary>
    protected abstract RefusedVersion? Refused { get; set; }

    /// <summary>Loads a version and lets it take over.</summary>
    protected abstract Task TakeAsync(string version, CancellationToken cancellation);

    /// <summary>The file names none.</summary>
    protected abstract void TakeNone();

    /// <summary>Writes a refusal to the log.</summary>
    /// <param name="version">The version.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="unexpected">What no version should cause; null for what versions, stores and databases may.</param>
    protected abstract void Tell(string version, string reason, Exception? unexpected);

    /// <summary>Looks now: whoever has changed the file need not wait for the next look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        string? version = null;
        try
        {
            DateTime named = File.GetLastWriteTimeUtc(Place);
            version = Named;
            if (version is null)
                TakeNone();
            else if (version != Loaded && (named != _tried || !WasJustRefused(version)))
            {
                _tried = named;
                await TakeAsync(version, cancellation);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Refuse(version ?? "unknown", error);
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(options.Value.ChampionPollMilliseconds), clock);
        do
            await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool WasJustRefused(string version) => Refused is { } refused && refused.Version == version && clock.GetUtcNow() - refused.LastTried < s_retry;

    private void Refuse(string version, Exception error)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string reason = error is CustomerBookException ? "The secret by which customers are told apart cannot be read; the log of this service says why." : StorePath.Hidden(error.Message, store);
        RefusedVersion? again = Refused is { } before && before.Version == version && before.Reason == reason ? before : null;
        if (again is null)
            Tell(version, error.Message, error is ModelStoreException or CustomerBookException or IOException ? null : error);
        Refused = new RefusedVersion(version, reason, again?.Since ?? now, now);
    }
}
