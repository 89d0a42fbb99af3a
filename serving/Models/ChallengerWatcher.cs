using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>Looks now and then at the one-line file that names the challenger, as <see cref="ChampionWatcher"/> does for the champion. Whatever is wrong with it, the champion is not touched.</summary>
internal sealed partial class ChallengerWatcher(ModelStore store, VersionLoader loader, Challenger challenger, OutcomeDatabase outcomes, TimeProvider clock, IOptions<ServingOptions> options, ILogger<ChallengerWatcher> log) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTime _tried;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(options.Value.ChampionPollMilliseconds), clock);
        do
            await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Looks now: whoever has changed the challenger need not wait for the next look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        string? version = null;
        try
        {
            DateTime named = File.GetLastWriteTimeUtc(store.ChallengerPath);
            version = store.Challenger;
            if (version == store.Champion)
                version = null;
            if (version is null)
            {
                if (challenger.Clear() is { } former)
                    LogOff(former);
            }
            else if (version != challenger.Current?.Model.Version && (named != _tried || !WasJustRefused(version)))
            {
                _tried = named;
                challenger.Try(loader.Load(version), await outcomes.DrawKeyAsync(cancellation));
                LogTried(version);
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

    private bool WasJustRefused(string version) => challenger.Refused is { } refused && refused.Version == version && clock.GetUtcNow() - refused.LastTried < s_retry;

    private void Refuse(string version, Exception error)
    {
        DateTimeOffset now = clock.GetUtcNow();
        RefusedVersion? before = challenger.Refused;
        string reason = error is CustomerBookException ? "The secret by which customers are told apart cannot be read; the log of this service says why." : StorePath.Hidden(error.Message, store);
        bool again = before?.Version == version && before.Reason == reason;
        if (!again)
            LogRefused(version, error.Message, error is ModelStoreException or CustomerBookException or IOException ? null : error);
        challenger.Refuse(new RefusedVersion(version, reason, again ? before!.Since : now, now));
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} is tried against the champion")]
    private partial void LogTried(string version);

    [LoggerMessage(LogLevel.Information, "Version {Version} is no longer tried against the champion")]
    private partial void LogOff(string version);

    [LoggerMessage(LogLevel.Error, "Challenger {Version} is refused: {Reason}")]
    private partial void LogRefused(string version, string reason, Exception? error);
}
