using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Models;

/// <summary><c>models sign</c>: puts a signature over a version's manifest.</summary>
internal sealed class SignVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Argument<string> _version = VersionArgument.Required("Version to sign.");

    public SignVerb() : base("sign", "Sign a version, once every file of it was checked; a service with trusted keys serves no other.")
    {
        Add(_version);
        _store.AddTo(this, withBook: false, signs: true);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        string version = parse.GetValue(_version)!;
        using SigningKey key = store.Signer ?? throw new UsageException("models sign: found no key, expected --sign-key FILE with the private key; keys sign-new makes one.");
        store.Sign(version, key);
        session.People.Say($"{version} is signed.");
        session.Answer(new SignedAnswer(version));
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary>What <c>models sign --json</c> gives.</summary>
/// <param name="Version">The version that was signed.</param>
internal sealed record SignedAnswer(string Version);
