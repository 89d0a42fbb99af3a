using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Models;

/// <summary><c>models show</c>: one version in full.</summary>
internal sealed class ShowVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Argument<string?> _version = VersionArgument.Optional("Version to show. Default: the champion.");

    public ShowVerb() : base("show", "One version in full: data, options, figures of every candidate.")
    {
        Add(_version);
        _store.AddTo(this, withBook: false);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        Manifest manifest = store.Open(parse.GetValue(_version) ?? StoreGuard.Champion(store)).Manifest;
        VersionTable.Write(session.People, manifest, manifest.Version == store.Champion);
        session.Show(manifest.Findings);
        session.Answer(manifest);
        return Task.FromResult(ExitCode.Done);
    }
}
