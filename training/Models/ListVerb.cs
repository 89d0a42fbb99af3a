using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Models;

/// <summary><c>models list</c>: all versions of the store.</summary>
internal sealed class ListVerb : Verb
{
    private readonly StoreOptions _store = new();

    public ListVerb() : base("list", "All versions, oldest first, with their figures on the holdout.") => _store.AddTo(this, withBook: false);

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        string? champion = store.Champion;
        VersionSummary[] versions = [.. store.Versions.Select(version => VersionSummary.Of(store, version, champion))];
        VersionTable.Write(session.People, store.Folder, versions);
        session.Answer(new VersionsAnswer(store.Folder, champion, versions));
        return Task.FromResult(ExitCode.Done);
    }
}
