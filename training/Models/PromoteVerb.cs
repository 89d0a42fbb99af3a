using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Models;

/// <summary><c>models promote</c>: makes a version serve.</summary>
internal sealed class PromoteVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Argument<string> _version = VersionArgument.Required("Version that is to serve.");

    public PromoteVerb() : base("promote", "Make a version the champion; a running service picks it up.")
    {
        Add(_version);
        _store.AddTo(this, withBook: false);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        string version = parse.GetValue(_version)!;
        string? before = store.Champion;
        ScoringModel.Load(store.Open(version), Entrants.Catalogue);
        store.Promote(version);
        session.People.Say($"{version} serves now" + (before is null ? "." : before == version ? ", as it did before." : $"; before it was {before}."));
        session.Hint("The customer book keeps the scores of the version that wrote it: run score to renew them.");
        session.Answer(new ChampionAnswer(version, before));
        return Task.FromResult(ExitCode.Done);
    }
}
