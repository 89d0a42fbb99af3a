using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Models;

/// <summary><c>models rollback</c>: makes the champion before the present one serve again.</summary>
internal sealed class RollbackVerb : Verb
{
    private readonly StoreOptions _store = new();

    public RollbackVerb() : base("rollback", "Make the champion before the present one serve again.") => _store.AddTo(this, withBook: false);

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        string? before = store.Champion;
        string champion = store.Rollback();
        session.People.Say($"{champion} serves again; before it was {before}.");
        session.Hint("The customer book keeps the scores of the version that wrote it: run score to renew them.");
        session.Answer(new ChampionAnswer(champion, before));
        return Task.FromResult(ExitCode.Done);
    }
}
