using System.CommandLine;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Keys;

/// <summary>Where keys are kept.</summary>
internal sealed class KeyOptions
{
    private readonly StoreOptions _store = new();
    private readonly WorkOptions _work = new();

    public void AddTo(Command command)
    {
        _store.AddTo(command, withBook: false);
        _work.AddTo(command);
    }

    public AccessDatabase Open(ParseResult parse, CommandEnvironment environment) => new(_work.Place(parse, environment, _store.Store(parse, environment)));
}
