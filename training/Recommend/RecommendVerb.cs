using System.CommandLine;
using CustomerValue.Data.Files;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Portfolio;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Recommend;

/// <summary><c>recommend</c>: what every customer is worth and what to do about it, to a file, and the base as a portfolio.</summary>
internal sealed class RecommendVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly StrategyOptionGroup _strategy = new();
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the forecast; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _before = Opt.Text("--before", "DATE|FILE", "An earlier day, or the CSV file of an earlier result: labels are held unless a value moved clearly, and moves are shown.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that answers. Default: the champion.");
    private readonly Option<string[]> _out = Opt.Repeated("--out", "FILE", "Write every customer's recommendation: " + AnswerFile.Forms);
    private readonly Option<string?> _report = Opt.Text("--report", "FILE", "Write the portfolio report, one HTML file that opens offline.");
    private readonly Option<Choice<Language>> _language = Opt.Choice<Language>("--language", "Language of names, strategies and reasons.", new("en", Language.English), new("zh", Language.Chinese));

    public RecommendVerb() : base("recommend", "Say what every customer is worth and what to do about it, and show the base as a portfolio.")
    {
        _transactions.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: false);
        foreach (Option option in (Option[])[_asOf, _before, _model, _out, _report, _language])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        StrategySources sources = _strategy.Read(parse, session.Environment);
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        VersionReader version = store.Open(parse.GetValue(_model) ?? StoreGuard.Champion(store));
        string[] files = session.Environment.FilesOf(parse, _out);
        string? file = files.FirstOrDefault(), reportFile = session.Environment.PathOf(parse, _report);
        Language language = parse.Chosen(_language);
        RecommendRun run = new(input, version, sources, parse.GetValue(_asOf), parse.GetValue(_before) is not { } before ? null : RecommendRun.IsDay(before, out _) ? before : session.Environment.PathOf(before));

        (RecommendOutcome outcome, PortfolioSummary portfolio) = await session.WithProgressAsync(progress =>
        {
            RecommendOutcome outcome = run.Run(progress, session.Cancellation);
            PortfolioSummary portfolio = outcome.Result.Strategies.Portfolio();
            foreach (string path in files)
                CustomerRecommendation.Table.Save(path, Enumerable.Range(0, outcome.Result.Strategies.Count).Select(i => CustomerRecommendation.Of(outcome.Result, i, language)), session.Cancellation);
            if (reportFile is not null)
            {
                progress.Report(new("drawing the report", 0, null, "pages"));
                string page = PortfolioHtml.Render(new PortfolioReport
                {
                    Result = outcome.Result,
                    Summary = portfolio,
                    Strategy = outcome.Strategy,
                    OfVersion = outcome.OfVersion,
                    Earlier = outcome.Earlier,
                    Language = language,
                    Findings = outcome.Findings,
                });
                WholeFile.Write(reportFile, page);
            }
            return (outcome, portfolio);
        });

        RecommendTable.Write(session.People, outcome, portfolio, language);
        RecommendTable.WriteWhere(session.People, version.Manifest.Version, file, reportFile);
        session.Show(outcome.Findings);
        session.Answer(RecommendAnswer.Of(outcome, portfolio, language, file, reportFile));
        return ExitCode.Done;
    }
}
