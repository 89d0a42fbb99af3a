using System.CommandLine;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Keys;

/// <summary><c>keys add</c>: makes a key and tells its secret once.</summary>
internal sealed class AddKeyVerb : Verb
{
    private readonly KeyOptions _keys = new();
    private readonly Argument<string> _name = new("NAME") { Description = "Whose key it is." };
    private readonly Option<string[]> _scopes = Opt.Texts("--scopes", "SCOPE", $"What it may do: {string.Join(", ", AccessScope.All)}. Default: {AccessScope.Predict}, or those of the key it rotates.");
    private readonly Option<int?> _days = Opt.Integer("--days", "Days until it expires. Default: never.", 1, 3650);
    private readonly Option<string?> _rotates = Opt.Text("--rotates", "PREFIX", "Take the place of this key, which goes on for the days of --overlap.");
    private readonly Option<int> _overlap = Opt.Integer("--overlap", "Days for which a rotated key goes on.", 7, 0, 365);

    public AddKeyVerb() : base("add", "Make a key and show its secret, this once.")
    {
        Add(_name);
        foreach (Option option in (Option[])[_scopes, _days, _rotates, _overlap])
            Add(option);
        _keys.AddTo(this);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        AccessDatabase keys = _keys.Open(parse, session.Environment);
        DateTime now = session.Environment.Clock.GetUtcNow().UtcDateTime;
        string? rotates = parse.GetValue(_rotates);
        AccessKey? old = rotates is null ? null : (await keys.KeysAsync(session.Cancellation)).FirstOrDefault(key => key.Prefix == rotates)
            ?? throw new UsageException($"--rotates: found no key '{rotates}' in {keys.Place}, expected a prefix that keys list shows.");
        string[] scopes = parse.GetValue(_scopes) is { Length: > 0 } given ? [.. given.SelectMany(scope => scope.Split(',')).Distinct()] : old?.Scopes.Split(' ') ?? [AccessScope.Predict];
        if (scopes.FirstOrDefault(scope => !AccessScope.All.Contains(scope)) is { } odd)
            throw new UsageException($"--scopes: found '{odd}', expected some of {string.Join(", ", AccessScope.All)}.");
        string secret = KeySecret.New();
        AccessKey key = new()
        {
            Prefix = KeySecret.PrefixOf(secret),
            Name = parse.GetValue(_name)!,
            Hash = KeySecret.HashOf(secret),
            Scopes = string.Join(' ', scopes),
            Created = now,
            Expires = parse.GetValue(_days) is { } days ? now.AddDays(days) : null,
        };
        await keys.AddAsync(key, old?.Prefix, old is null ? null : now.AddDays(parse.GetValue(_overlap)), session.Cancellation);
        session.People.Say($"Key {key.Prefix} of {key.Name} may {string.Join(", ", scopes)}. Its secret, which is shown this once:");
        if (!session.Options.Json)
            session.Environment.Out.WriteLine(secret);
        session.Hint("Send it as 'Authorization: Bearer SECRET' or 'X-Api-Key: SECRET'. From the first key on the service demands one of every caller.");
        session.Answer(KeyAnswer.Of(key, now) with { Secret = secret });
        return ExitCode.Done;
    }
}
