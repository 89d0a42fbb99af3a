using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Uplift;

/// <summary><c>uplift train</c>: a model of whom a treatment changes, in one sealed file: in the store under a name, or elsewhere.</summary>
internal sealed class UpliftTrainVerb : Verb
{
    private readonly UpliftTableOptions _table = new();
    private readonly StoreOptions _store = new();
    private readonly Option<string?> _name = Opt.Text("--name", "NAME", "Keep the model in the store under this name, by which decide and the service take it.");
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the model to this file instead.");

    public UpliftTrainVerb() : base("train", "Measure the learners, fit the best one on the whole experiment and save it.")
    {
        _table.AddTo(this);
        _store.AddTo(this, withBook: false);
        Add(_name);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        UpliftInput input = _table.Read(parse, session.Environment);
        string? name = parse.GetValue(_name), file = session.Environment.PathOf(parse, _out);
        if (name is null == file is null)
            throw new UsageException(name is null ? "Found no place for the model, expected --name NAME to keep it in the store, or --out FILE, such as --out mail.uplift." : "Found --name and --out, expected one of them: the store, or a file.");
        UpliftShelf shelf = new(_store.Store(parse, session.Environment).Folder);
        if (name is not null)
            shelf.CheckFree(name);
        List<Finding> findings = [];
        UpliftModel model = await session.WithProgressAsync(progress =>
        {
            UpliftModel model = UpliftModel.Train(ExperimentFile.Read(input, findings, progress, session.Cancellation), input.Options, findings, progress, session.Cancellation);
            if (file is null)
                file = shelf.Add(name!, model);
            else
                UpliftFile.Save(file, model);
            return model;
        });
        UpliftTables.Write(session.People, model.Card.Report);
        UpliftTables.Write(session.People, model.Card, file!);
        session.Show(findings);
        session.Hint($"Next: score customers with  {ProgramName.Command($"uplift score FILE --model {name ?? parse.GetValue(_out)} --out scores.csv")}{(name is null ? "" : $"  or decide by it with  {ProgramName.Command($"decide --transactions FILE --uplift {name}")}")}");
        session.Answer(new UpliftTrainAnswer(file!, name, model.Card, UpliftWords.Of(model.Card.Report), findings));
        return ExitCode.Done;
    }
}

/// <summary>What <c>uplift train --json</c> gives.</summary>
/// <param name="Model">The file.</param>
/// <param name="Name">Its name in the store, or null.</param>
/// <param name="Card">What is in it.</param>
/// <param name="Words">The report in sentences.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record UpliftTrainAnswer(string Model, string? Name, UpliftCard Card, IReadOnlyList<string> Words, IReadOnlyList<Finding> Findings);
