using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Uplift;

/// <summary><c>uplift train</c>: a model of whom a treatment changes, in one sealed file.</summary>
internal sealed class UpliftTrainVerb : Verb
{
    private readonly UpliftTableOptions _table = new();
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the model to this file.");

    public UpliftTrainVerb() : base("train", "Measure the learners, fit the best one on the whole experiment and save it to a file.")
    {
        _table.AddTo(this);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        UpliftInput input = _table.Read(parse, session.Environment);
        string file = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("Found no file for the model, expected --out FILE, such as --out mail.uplift."));
        List<Finding> findings = [];
        UpliftModel model = await session.WithProgressAsync(progress =>
        {
            UpliftModel model = UpliftModel.Train(ExperimentFile.Read(input, findings, progress, session.Cancellation), input.Options, findings, progress, session.Cancellation);
            UpliftFile.Save(file, model);
            return model;
        });
        UpliftTables.Write(session.People, model.Card.Report);
        UpliftTables.Write(session.People, model.Card, file);
        session.Show(findings);
        session.Hint($"Next: score customers with  {ProgramName.Command($"uplift score FILE --model {parse.GetValue(_out)} --out scores.csv")}");
        session.Answer(new UpliftTrainAnswer(file, model.Card, UpliftWords.Of(model.Card.Report), findings));
        return ExitCode.Done;
    }
}

/// <summary>What <c>uplift train --json</c> gives.</summary>
/// <param name="Model">The file.</param>
/// <param name="Card">What is in it.</param>
/// <param name="Words">The report in sentences.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record UpliftTrainAnswer(string Model, UpliftCard Card, IReadOnlyList<string> Words, IReadOnlyList<Finding> Findings);
