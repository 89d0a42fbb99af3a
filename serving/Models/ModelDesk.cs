using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Models;

/// <summary>Lets another version serve, and takes that back; for pages and programs alike. Who asked is written down before it is done, and whether it failed after.</summary>
internal sealed class ModelDesk(ModelStore store, ChampionWatcher watcher, ChallengerWatcher challengerWatcher, Champion champion, Challenger challenger, Audit audit)
{
    /// <summary>Makes a version the champion.</summary>
    /// <exception cref="ProblemException">There is no such version, or it cannot serve; the one before goes on.</exception>
    public Task<ModelChange> PromoteAsync(HttpContext context, string version) => store.Versions.Contains(version, StringComparer.Ordinal)
        ? ChangeAsync(context, "promote", version, () => store.Promote(version))
        : throw new ProblemException(ModelProblems.UnknownVersion(version));

    /// <summary>Makes the champion before serve again.</summary>
    /// <exception cref="ProblemException">There was none before, or it cannot serve; the present one goes on.</exception>
    public Task<ModelChange> RollbackAsync(HttpContext context) => ChangeAsync(context, "roll back", "", () => store.Rollback());

    /// <summary>Tries a version against the champion.</summary>
    /// <exception cref="ProblemException">There is no such version, it is damaged, or it is the champion.</exception>
    public async Task<ChallengeChange> ChallengeAsync(HttpContext context, string version)
    {
        if (!store.Versions.Contains(version, StringComparer.Ordinal))
            throw new ProblemException(ModelProblems.UnknownVersion(version));
        string? before = store.Challenger;
        await DoAsync(context, "challenge", version, () => store.Challenge(version));
        await challengerWatcher.LookAsync(context.RequestAborted);
        return new ChallengeChange(store.Challenger, challenger.Current?.Model.Version, before);
    }

    /// <summary>Takes the challenger off.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<ChallengeChange> TakeOffAsync(HttpContext context)
    {
        string before = store.Challenger ?? throw new ProblemException(ModelProblems.NoChallenger());
        await DoAsync(context, "take challenger off", before, () => store.TakeOff());
        await challengerWatcher.LookAsync(context.RequestAborted);
        return new ChallengeChange(store.Challenger, challenger.Current?.Model.Version, before);
    }

    private async Task<ModelChange> ChangeAsync(HttpContext context, string what, string version, Action change)
    {
        string? before = store.Champion;
        await DoAsync(context, what, version, change);
        await watcher.LookAsync(context.RequestAborted);
        await challengerWatcher.LookAsync(context.RequestAborted);
        return new ModelChange(store.Champion, champion.Current?.Model.Version, before);
    }

    private async Task DoAsync(HttpContext context, string what, string version, Action change)
    {
        await audit.WriteAsync(context, what, version);
        try
        {
            change();
        }
        catch (ModelStoreException error)
        {
            await audit.WriteAsync(context, what + " failed", version);
            if (error.IsUnwritable)
                throw;
            throw new ProblemException(ModelProblems.VersionRefused(StorePath.Hidden(error.Message, store)));
        }
    }
}
