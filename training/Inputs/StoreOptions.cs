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
    private readonly Option<string?> _trusted = Opt.Text("--trusted-key", "FILE", "Public keys (PEM): use only versions that one of them signed.");
    private readonly Option<string?> _sign = Opt.Text("--sign-key", "FILE", "Private key (PEM) that signs the new version.");
    private readonly Option<string?> _book = Opt.Text("--book", "PLACE", $"Customer book: a SQLite file, or a connection string such as Host=db;Database=book. Default: {CustomerBookOptions.FileName} in the store.");

    /// <summary>Adds the store, and the customer book for verbs that write it.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="withBook">Whether it writes the customer book.</param>
    /// <param name="signs">Whether it makes versions, which may be signed.</param>
    public void AddTo(Command command, bool withBook, bool signs = false)
    {
        command.Add(_store);
        command.Add(_trusted);
        if (signs)
            command.Add(_sign);
        if (withBook)
            command.Add(_book);
    }

    /// <summary>The store as it was named, for commands to copy; null where it is the usual one.</summary>
    public string? Named(ParseResult parse) => parse.IsGiven(_store) ? parse.GetValue(_store) : null;

    public ModelStore Store(ParseResult parse, CommandEnvironment environment)
    {
        string folder = environment.PathOf(parse.GetValue(_store)!);
        return new ModelStore(folder, environment.Clock, parse.GetValue(_trusted) is { } trusted ? TrustedKeys.Read(environment.PathOf(trusted), folder) : null)
        {
            Signer = parse.GetResult(_sign) is not null && parse.GetValue(_sign) is { } key ? SigningKey.Read(environment.PathOf(key), folder) : null,
        };
    }

    public CustomerBookDatabase Book(ParseResult parse, CommandEnvironment environment) => new(parse.GetValue(_book) switch
    {
        null => CustomerBookOptions.InStore(Store(parse, environment).Folder),
        { } place when place.Contains('=', StringComparison.Ordinal) => new CustomerBookOptions(place),
        { } file => new CustomerBookOptions($"Data Source={environment.PathOf(file)}"),
    });
}
