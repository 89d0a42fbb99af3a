using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Models;

/// <summary><c>models verify</c>: checks every byte of the versions, and that they score as they did.</summary>
internal sealed class VerifyVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Argument<string?> _version = VersionArgument.Optional("Version to verify. Default: all.");

    public VerifyVerb() : base("verify", "Check every file against its SHA-256, and that golden histories score as they did when trained.")
    {
        Add(_version);
        _store.AddTo(this, withBook: false);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        IReadOnlyList<string> names = parse.GetValue(_version) is { } one ? [one] : store.Versions;
        if (names.Count == 0)
            throw new ModelStoreException($"Model store {store.Folder} holds no version to verify. Run train first, or give another --store.");
        VerifiedVersion[] verified = await session.WithProgressAsync(progress => names.Select((name, index) =>
        {
            session.Cancellation.ThrowIfCancellationRequested();
            progress.Report(new("verifying", index + 1, names.Count, "versions"));
            return Verify(store, name);
        }).ToArray());
        VersionTable.Write(session.People, verified);
        session.Answer(new VerifyAnswer(store.Folder, verified));
        return Array.TrueForAll(verified, version => version.Whole) ? ExitCode.Done : ExitCode.Store;
    }

    private static VerifiedVersion Verify(ModelStore store, string version)
    {
        int? files = null;
        try
        {
            VersionReader reader = store.Open(version);
            files = reader.Manifest.Files.Count;
            ScoringModel.Load(reader, Entrants.Catalogue);
            return new VerifiedVersion(version, true, files, null);
        }
        catch (ModelStoreException error)
        {
            return new VerifiedVersion(version, false, files, error.Message);
        }
    }
}
