using System.CommandLine;

namespace CustomerValue.Training.Hosting;

/// <summary>One verb of the program.</summary>
internal abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Does the work; failures are exceptions, which <see cref="App"/> turns into a message and an exit code.</summary>
    public abstract Task<int> RunAsync(ParseResult parse, Session session);
}
