using System.CommandLine;
using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Keys;

/// <summary>Where keys are kept.</summary>
internal sealed class KeyOptions
{
    private readonly StoreOptions _store = new();
    private readonly Option<string?> _work = Opt.Text("--work", "PLACE", $"Database of keys, as the service's setting Work: a SQLite file, or a connection string. Default: {WorkDatabase.FileName} in the store.");

    public void AddTo(Command command)
    {
        _store.AddTo(command, withBook: false);
        command.Add(_work);
    }

    public AccessDatabase Open(ParseResult parse, CommandEnvironment environment) => new(parse.GetValue(_work) switch
    {
        null => $"Data Source={Path.Combine(_store.Store(parse, environment).Folder, WorkDatabase.FileName)}",
        { } place when place.Contains('=', StringComparison.Ordinal) => place,
        { } file => $"Data Source={environment.PathOf(file)}",
    });
}
