using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Doctor;

/// <summary><c>doctor</c>: what this machine, this program and this store are like, and whether anything stands in the way.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly StoreOptions _store = new();

    public DoctorVerb() : base("doctor", "Check the machine, the program, the model store and the customer book.") => _store.AddTo(this, withBook: true);

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        List<DoctorCheck> checks = [.. MachineChecks.All(session.Environment), .. StoreChecks.All(store), await StoreChecks.OfBookAsync(book, store, session.Cancellation)];
        CheckTable.Write(session.People, checks);
        session.Answer(new { checks });
        return checks.Exists(check => check.State == CheckState.Broken) ? ExitCode.Store : ExitCode.Done;
    }
}
