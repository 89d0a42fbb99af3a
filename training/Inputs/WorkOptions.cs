using System.CommandLine;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Inputs;

/// <summary>Where segments, contacts, keys and people are kept.</summary>
internal sealed class WorkOptions
{
    private readonly Option<string?> _work = Opt.Text("--work", "PLACE", $"Database of segments, contacts, keys and people, as the service's setting Work: a SQLite file, or a connection string. Default: {WorkDatabase.FileName} in the store.");

    public void AddTo(Command command) => command.Add(_work);

    /// <summary>Its connection string.</summary>
    public string Place(ParseResult parse, CommandEnvironment environment, ModelStore store) => parse.GetValue(_work) switch
    {
        null => $"Data Source={Path.Combine(store.Folder, WorkDatabase.FileName)}",
        { } place when place.Contains('=', StringComparison.Ordinal) => place,
        { } file => $"Data Source={environment.PathOf(file)}",
    };
}
