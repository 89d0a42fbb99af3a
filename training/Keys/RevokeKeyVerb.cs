using System.CommandLine;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Keys;

/// <summary><c>keys revoke</c>: makes a key worth nothing.</summary>
internal sealed class RevokeKeyVerb : Verb
{
    private readonly KeyOptions _keys = new();
    private readonly Argument<string> _prefix = new("PREFIX") { Description = "What the secret of the key begins with, as keys list shows it." };

    public RevokeKeyVerb() : base("revoke", "Make a key worth nothing; a running service knows within a second.")
    {
        Add(_prefix);
        _keys.AddTo(this);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        AccessDatabase keys = _keys.Open(parse, session.Environment);
        string prefix = KeySecret.PrefixOf(parse.GetValue(_prefix)!);
        DateTime now = session.Environment.Clock.GetUtcNow().UtcDateTime;
        if (!await keys.RevokeAsync(prefix, now, session.Cancellation))
            throw new UsageException($"Found no key '{prefix}' in {keys.Place}, expected a prefix that keys list shows.");
        session.People.Say($"Key {prefix} is revoked.");
        session.Answer(KeyAnswer.Of((await keys.KeysAsync(session.Cancellation)).Single(key => key.Prefix == prefix), now));
        return ExitCode.Done;
    }
}
