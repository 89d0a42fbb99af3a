using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Tables;

namespace CustomerValue.Training.Uplift;

/// <summary><c>uplift score</c>: what each arm would change for each customer, to a CSV file.</summary>
internal sealed class UpliftScoreVerb : Verb
{
    private readonly Argument<string?> _file = TableFileArgument.Create();
    private readonly Option<string?> _model = Opt.Text("--model", "MODEL", "Model that uplift train wrote: its name in the store, or its file.");
    private readonly StoreOptions _store = new();
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the uplift of every arm to this CSV file, beside the columns that are no features.");

    public UpliftScoreVerb() : base("score", "Say for every customer of a table what each arm would change, and which one pays best.")
    {
        Add(_file);
        Add(_model);
        _store.AddTo(this, withBook: false);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        string source = TableFileArgument.Read(parse, _file, session.Environment);
        string model = parse.GetValue(_model) ?? throw new UsageException("Found no model, expected --model NAME or --model FILE as written by uplift train.");
        string file = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("Found no file for the scores, expected --out FILE, such as --out scores.csv."));
        List<Finding> findings = [];
        UpliftScores scores = await session.WithProgressAsync(progress =>
        {
            UpliftScores scores = UpliftScores.Of(source, UpliftPlace.Load(model, _store.Store(parse, session.Environment), session.Environment), findings, progress, session.Cancellation);
            scores.Write(file);
            return scores;
        });
        int[] best = [.. Enumerable.Range(0, scores.Text.RowCount).Select(scores.Best)];
        UpliftScoreAnswer answer = new(model, scores.Text.RowCount,
            [.. scores.Model.Card.Arms.Select((arm, a) => new ScoredArm(arm.Arm, scores.Uplift[a].Average(), scores.Uplift[a].Min(), scores.Uplift[a].Max(), best.Count(one => one == a)))], best.Count(one => one < 0), file, findings);
        UpliftTables.Write(session.People, answer);
        session.Show(findings);
        session.Answer(answer);
        return ExitCode.Done;
    }
}

/// <summary>What <c>uplift score --json</c> gives.</summary>
/// <param name="Model">The model's name or file, as given.</param>
/// <param name="Customers">Rows scored.</param>
/// <param name="Arms">Each treated arm.</param>
/// <param name="LeftAlone">Customers for whom no arm pays.</param>
/// <param name="Out">The CSV file.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record UpliftScoreAnswer(string Model, int Customers, IReadOnlyList<ScoredArm> Arms, int LeftAlone, string Out, IReadOnlyList<Finding> Findings);

/// <summary>What an arm would change.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Mean">Mean uplift.</param>
/// <param name="Lowest">Lowest.</param>
/// <param name="Highest">Highest.</param>
/// <param name="Best">Customers for whom it pays best.</param>
internal sealed record ScoredArm(string Arm, double Mean, double Lowest, double Highest, int Best);
