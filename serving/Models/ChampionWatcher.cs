using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>Watches which version is to serve.</summary>
internal sealed partial class ChampionWatcher(ModelStore store, VersionLoader loader, Champion champion, TimeProvider clock, IOptions<ServingOptions> options, ILogger<ChampionWatcher> log) : VersionWatcher(store, clock, options)
{
    private bool _missed;
    private string? _former;

    protected override string Place => Store.ChampionPath;

    protected override string? Named => Store.Champion;

    protected override string? Loaded => champion.Current?.Model.Version;

    protected override RefusedVersion? Refused
    {
        get => champion.Refused;
        set => champion.Refuse(value!);
    }

    /// <summary>The first look comes before the first call.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task TakeAsync(string version, CancellationToken cancellation)
    {
        ServedModel served = loader.Load(version);
        string? before = Loaded;
        champion.Serve(served, isNew: before is not null && version != _former);
        _former = before;
        _missed = false;
        LogServing(version, before ?? "none");
        return Task.CompletedTask;
    }

    protected override void TakeNone()
    {
        if (!_missed)
            LogMissing(Store.Folder, Loaded ?? "none");
        _missed = true;
    }

    protected override void Tell(string version, string reason, Exception? unexpected) => LogRefused(version, Loaded ?? "none", reason, unexpected);

    [LoggerMessage(LogLevel.Information, "Version {Version} serves; before it {Before}")]
    private partial void LogServing(string version, string before);

    [LoggerMessage(LogLevel.Error, "Version {Version} is refused, {Serving} goes on serving: {Reason}")]
    private partial void LogRefused(string version, string serving, string reason, Exception? error);

    [LoggerMessage(LogLevel.Warning, "Store {Store} names no champion; serving: {Serving}. Run train, or models promote")]
    private partial void LogMissing(string store, string serving);
}
