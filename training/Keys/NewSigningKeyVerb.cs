using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Keys;

/// <summary><c>keys sign-new</c>: makes the pair of keys with which versions are signed and known.</summary>
internal sealed class NewSigningKeyVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "File of the private key; the public one goes beside it, with .pub at the end. Not in the store.");

    public NewSigningKeyVerb() : base("sign-new", "Make the keys with which versions of models are signed and known.")
    {
        Add(_out);
        _store.AddTo(this, withBook: false);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        string path = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("keys sign-new: found no --out, expected the file that the private key is to be written to."));
        string shown = SigningKey.New(path, _store.Store(parse, session.Environment).Folder);
        session.People.Say($"The private key is in {path}, readable by its owner alone; the public one in {shown}.");
        session.Hint("Sign with train --sign-key or models sign --sign-key. Give the public key to the service (TrustedKey) and to models verify --trusted-key. To rotate, put the new public key into the same file below the old one, sign anew, then remove the old.");
        session.Answer(new SigningKeyAnswer(path, shown));
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary>What <c>keys sign-new --json</c> gives.</summary>
/// <param name="PrivateKey">File of the private key.</param>
/// <param name="PublicKey">File of the public key.</param>
internal sealed record SigningKeyAnswer(string PrivateKey, string PublicKey);
