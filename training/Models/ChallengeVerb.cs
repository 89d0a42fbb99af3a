using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Models;

/// <summary><c>models challenge</c>: tries a version against the champion.</summary>
internal sealed class ChallengeVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Argument<string?> _version = VersionArgument.Optional("Version that is to be tried.");
    private readonly Option<bool> _off = Opt.Flag("--off", "Take the challenger off.");

    public ChallengeVerb() : base("challenge", "Try a version against the champion in a running service, or take it off.")
    {
        Add(_version);
        Add(_off);
        _store.AddTo(this, withBook: false);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        string? version = parse.GetValue(_version), before = store.Challenger;
        if (parse.GetValue(_off) == version is not null)
            throw new UsageException(version is null ? "models challenge: found no version, expected one, or --off." : $"models challenge: found both {version} and --off, expected one of the two.");
        if (version is null)
        {
            store.TakeOff();
            session.People.Say(before is null ? "No version was tried." : $"{before} is no longer tried.");
        }
        else
        {
            ScoringModel.Load(store.Open(version), Entrants.Catalogue);
            store.Challenge(version);
            session.People.Say($"{version} is tried against {store.Champion ?? "no champion yet"}.");
            session.Hint("A running service asks it as well for a share of calls (Challenger:ShadowShare), and lets it answer a share of customers where Challenger:CanaryShare says so. GET /v1/models/challenger tells how it does.");
        }
        session.Answer(new ChallengerAnswer(version, before));
        return Task.FromResult(ExitCode.Done);
    }
}
