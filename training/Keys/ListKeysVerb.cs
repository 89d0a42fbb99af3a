using System.CommandLine;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Keys;

/// <summary><c>keys list</c>: all keys, without their secrets.</summary>
internal sealed class ListKeysVerb : Verb
{
    private readonly KeyOptions _keys = new();

    public ListKeysVerb() : base("list", "All keys, oldest first, without their secrets.") => _keys.AddTo(this);

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        AccessDatabase keys = _keys.Open(parse, session.Environment);
        DateTime now = session.Environment.Clock.GetUtcNow().UtcDateTime;
        KeyAnswer[] all = [.. (await keys.KeysAsync(session.Cancellation)).Select(key => KeyAnswer.Of(key, now))];
        session.People.Title($"{Figures.Count(all.Length)} keys in {keys.Place}");
        Table table = Look.Table("prefix", "name", "may", "made", "expires", "state");
        foreach (KeyAnswer key in all)
            table.AddRow([key.Prefix, key.Name.EscapeMarkup(), string.Join(' ', key.Scopes), Figures.Day(DateOnly.FromDateTime(key.Created)), key.Expires is { } day ? Figures.Day(DateOnly.FromDateTime(day)) : "never", key.State]);
        session.People.Draw(table);
        session.Answer(new KeysAnswer(keys.Place, all));
        return ExitCode.Done;
    }
}
