using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Doctor;

/// <summary><c>doctor</c>: what this machine, this program and this store are like, and whether anything stands in the way; or how a running service is.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Option<Uri?> _service = Opt.Parsed("--service", "URL", "Ask a running service instead of this machine, such as https://values.example.com.", ServiceAddress.Parse);
    private readonly Option<string?> _key = Opt.Text("--key", "KEY", "Key to ask the service with; best of the scopes read and predict.");
    private readonly Option<int> _timeout = Opt.Integer("--timeout", "Seconds that the service has for each answer.", 10, 1, 600);

    public DoctorVerb() : base("doctor", "Check the machine, the program, the model store and the customer book, or a running service.")
    {
        _store.AddTo(this, withBook: true);
        Add(_service);
        Add(_key);
        Add(_timeout);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        if (parse.GetValue(_service) is null && parse.IsGiven(_key))
            throw new UsageException("--key: found a key and no service, expected --service URL with it.");
        IReadOnlyList<DoctorCheck> checks = parse.GetValue(_service) is { } service
            ? await OfServiceAsync(service, parse.GetValue(_key), TimeSpan.FromSeconds(parse.GetValue(_timeout)), session)
            : await OfMachineAsync(parse, session);
        CheckTable.Write(session.People, checks);
        session.Answer(new { checks });
        return checks.Any(check => check.State == CheckState.Broken) ? ExitCode.Store : ExitCode.Done;
    }

    private async Task<IReadOnlyList<DoctorCheck>> OfMachineAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        return [.. MachineChecks.All(session.Environment), .. StoreChecks.All(store), await StoreChecks.OfBookAsync(book, store, session.Cancellation)];
    }

    private static async Task<IReadOnlyList<DoctorCheck>> OfServiceAsync(Uri service, string? key, TimeSpan timeout, Session session)
    {
        using ServiceProbe probe = new(service, key, timeout, session.Environment.Clock, session.Cancellation);
        List<DoctorCheck> checks = [];
        await foreach (DoctorCheck check in new ServiceChecks(probe, session.Environment).AllAsync())
            checks.Add(check);
        return checks;
    }
}
