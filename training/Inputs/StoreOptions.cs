using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Inputs;

/// <summary>Where models and scores are kept.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string> _store = Opt.Text("--store", "DIR", "Folder of the model store.", "models/store");
    private readonly Option<string?> _book = Opt.Text("--book", "PLACE", $"Customer book: a SQLite file, or a connection string such as Host=db;Database=book. Default: {CustomerBookOptions.FileName} in the store.");

    /// <summary>Adds the store, and the customer book for verbs that write it.</summary>
    public void AddTo(Command command, bool withBook)
    {
        command.Add(_store);
        if (withBook)
            command.Add(_book);
    }

    public ModelStore Store(ParseResult parse, CommandEnvironment environment) => new(environment.PathOf(parse.GetValue(_store)!), environment.Clock);

    public CustomerBookDatabase Book(ParseResult parse, CommandEnvironment environment) => new(parse.GetValue(_book) switch
    {
        null => CustomerBookOptions.InStore(Store(parse, environment).Folder),
        { } place when place.Contains('=', StringComparison.Ordinal) => new CustomerBookOptions(place),
        { } file => new CustomerBookOptions($"Data Source={environment.PathOf(file)}"),
    });
}
