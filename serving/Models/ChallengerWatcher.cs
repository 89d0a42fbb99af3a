using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>Watches which version is to be tried against the champion, which is not touched whatever is wrong with it.</summary>
internal sealed partial class ChallengerWatcher(ModelStore store, VersionLoader loader, Challenger challenger, OutcomeDatabase outcomes, TimeProvider clock, IOptions<ServingOptions> options, ILogger<ChallengerWatcher> log)
    : VersionWatcher(store, clock, options)
{
    protected override string Place => Store.ChallengerPath;

    protected override string? Named => Store.Challenger is { } version && version != Store.Champion ? version : null;

    protected override string? Loaded => challenger.Current?.Model.Version;

    protected override RefusedVersion? Refused
    {
        get => challenger.Refused;
        set => challenger.Refuse(value!);
    }

    protected override async Task TakeAsync(string version, CancellationToken cancellation)
    {
        challenger.Try(loader.Load(version), await outcomes.DrawKeyAsync(cancellation));
        LogTried(version);
    }

    protected override void TakeNone()
    {
        if (challenger.Clear() is { } former)
            LogOff(former);
    }

    protected override void Tell(string version, string reason, Exception? unexpected) => LogRefused(version, reason, unexpected);

    [LoggerMessage(LogLevel.Information, "Version {Version} is tried against the champion")]
    private partial void LogTried(string version);

    [LoggerMessage(LogLevel.Information, "Version {Version} is no longer tried against the champion")]
    private partial void LogOff(string version);

    [LoggerMessage(LogLevel.Error, "Challenger {Version} is refused: {Reason}")]
    private partial void LogRefused(string version, string reason, Exception? error);
}
