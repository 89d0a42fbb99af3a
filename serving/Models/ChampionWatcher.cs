using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>
/// Looks now and then (twice a second, unless set otherwise) at the one-line file that names the champion; loads and verifies a new one in the background and lets it take over.
/// Polling also works where change notifications do not, on network drives and in containers.
/// </summary>
internal sealed partial class ChampionWatcher(ModelStore store, VersionLoader loader, Champion champion, TimeProvider clock, IOptions<ServingOptions> options, ILogger<ChampionWatcher> log) : BackgroundService
{
    /// <summary>A refused version is tried again now and then: it may have been restored.</summary>
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    private readonly Lock _one = new();
    private bool _missed;
    private string? _former;

    /// <summary>When the version that was tried last was named champion; whoever promotes it again wants it tried again.</summary>
    private DateTime _tried;

    /// <summary>The first look comes before the first call.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Look();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(options.Value.ChampionPollMilliseconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    /// <summary>Looks now: whoever has changed the champion need not wait for the next look.</summary>
    public void Look()
    {
        lock (_one)
            LookAtOnce();
    }

    private void LookAtOnce()
    {
        string? version = null;
        try
        {
            DateTime named = File.GetLastWriteTimeUtc(store.ChampionPath);
            version = store.Champion;
            if (version is null)
                NoteMissing();
            else if (version != champion.Current?.Model.Version && (named != _tried || !WasJustRefused(version)))
            {
                _tried = named;
                TakeOver(version);
            }
        }
        catch (Exception error) // whatever is wrong with a version, the one before it goes on serving
        {
            Refuse(version ?? "unknown", error);
        }
    }

    private void TakeOver(string version)
    {
        ServedModel served = loader.Load(version);
        string? before = champion.Current?.Model.Version;
        champion.Serve(served, isNew: before is not null && version != _former);
        _former = before;
        _missed = false;
        LogServing(version, before ?? "none");
    }

    private bool WasJustRefused(string version) => champion.Refused is { } refused && refused.Version == version && clock.GetUtcNow() - refused.LastTried < s_retry;

    private void Refuse(string version, Exception error)
    {
        DateTimeOffset now = clock.GetUtcNow();
        RefusedVersion? before = champion.Refused;
        string reason = StorePath.Hidden(error.Message, store);
        bool again = before?.Version == version && before.Reason == reason;
        if (!again)
            LogRefused(version, champion.Current?.Model.Version ?? "none", error.Message, error is ModelStoreException or IOException ? null : error);
        champion.Refuse(new RefusedVersion(version, reason, again ? before!.Since : now, now));
    }

    private void NoteMissing()
    {
        if (!_missed)
            LogMissing(store.Folder, champion.Current?.Model.Version ?? "none");
        _missed = true;
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} serves; before it {Before}")]
    private partial void LogServing(string version, string before);

    [LoggerMessage(LogLevel.Error, "Version {Version} is refused, {Serving} goes on serving: {Reason}")]
    private partial void LogRefused(string version, string serving, string reason, Exception? error);

    [LoggerMessage(LogLevel.Warning, "Store {Store} names no champion; serving: {Serving}. Run train, or models promote")]
    private partial void LogMissing(string store, string serving);
}
