using System.CommandLine;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Fit;

/// <summary><c>fit</c>: one buy-till-you-die model, or all of them compared; nothing is saved but the plots asked for.</summary>
internal sealed class FitVerb : Verb
{
    private const string All = "all";

    private readonly TransactionOptions _transactions = new();
    private readonly Option<string?> _model = Opt.Parsed("--model", "NAME", $"The model: {string.Join(", ", TransactionModels.Names)}; or {All}, the default, which compares them.", ParseModel);
    private readonly Option<DateOnly?> _cutoff = Opt.Date("--cutoff", "First day that is not learnt from. Default: the day after the last.");
    private readonly Option<Choice<TimeUnit>> _unit = Opt.Choice<TimeUnit>("--unit", "Unit of time of the parameters; predictions do not depend on it.",
        new("week", TimeUnit.Week), new("day", TimeUnit.Day), new("month", TimeUnit.Month));
    private readonly Option<string?> _plot = Opt.Text("--plot", "FILE.html", "Draw the model, or the best of all, beside what happened: purchases by week, customers by frequency, P(alive) of one customer.");
    private readonly Option<string?> _customer = Opt.Text("--customer", "ID", "Whose P(alive) the plot shows. Default: the customer with the most purchases.");

    public FitVerb() : base("fit", "Fit a buy-till-you-die model and Gamma-Gamma spend, or compare all models; nothing is saved.")
    {
        _transactions.AddTo(this);
        Add(_model);
        Add(_cutoff);
        Add(_unit);
        Add(_plot);
        Add(_customer);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TransactionInput input = _transactions.Read(parse, session.Environment);
        input = input with { Options = input.Options with { Columns = new HashSet<ColumnRole>() } }; // days and money are all that these models know
        string wanted = parse.GetValue(_model) ?? All;
        bool compare = wanted == All;
        string? shown = parse.GetValue(_plot), plot = shown is null ? null : session.Environment.PathOf(shown), customer = parse.GetValue(_customer);
        if (customer is not null && plot is null)
            throw new UsageException($"Found --customer {customer} without --plot; it chooses whose P(alive) the plot shows. Add --plot FILE.html.");
        (LoadedData data, FitOutcome outcome) = await session.WithProgressAsync(progress =>
        {
            LoadedData data = LoadedData.Load(input, null, progress, session.Cancellation);
            FitSample sample = FitSample.Of(data, parse.GetValue(_cutoff), parse.Chosen(_unit), input.Options, session.Cancellation);
            int row = CustomerPaths.RowOf(sample, customer);
            if (row < 0)
                throw new UsageException($"--customer: found '{customer}', expected the id of a customer with a purchase before {Figures.Day(sample.Cutoff)}, such as '{sample.Aggregates.CustomerId(0)}'.");
            FitOutcome outcome = FitOutcome.Of(compare ? TransactionModels.Names : [wanted], sample, input.Options.Threads, session.Environment.Clock, progress, session.Cancellation);
            if (plot is not null)
            {
                progress.Report(new StepProgress("drawing the plots", 0, null, "files"));
                WholeFile.Write(plot, FitReports.Of(outcome.Best.Fit, sample, row, session.Cancellation).ToHtml(), FileReaders.Anyone);
            }
            return (data, outcome);
        });
        session.People.Say(ReadReport.Sentence(data.Read.Summary));
        if (compare)
            FitTable.Write(session.People, outcome);
        else
            FitTable.Write(session.People, outcome, outcome.Best);
        if (outcome.Spend is not null)
            FitTable.Write(session.People, outcome.Spend);
        List<Finding> doubts = [.. data.Findings, .. outcome.Findings];
        session.Show([.. doubts, .. outcome.Models.SelectMany(Doubts), .. outcome.Spend?.Findings.Select(FitOutcome.Shown) ?? []]);
        if (compare)
            session.Answer(FitComparisonAnswer.Of(outcome, doubts, shown));
        else
            session.Answer(FitAnswer.Of(outcome, outcome.Best, doubts) with { Spend = SpendAnswer.Of(outcome.Spend), Plot = shown });
        if (plot is not null)
            session.Hint($"{outcome.Best.Name} beside what happened: {plot}");
        return ExitCode.Done;
    }

    private static IEnumerable<Finding> Doubts(FittedModel model) =>
        model.Fit.Findings.Select(FitOutcome.Shown).Select(finding => finding with { Message = $"{model.Name}: {finding.Message}" });

    private static string ParseModel(string text) => text == All || TransactionModels.Names.Contains(text)
        ? text
        : throw new FormatException($"one of {string.Join(", ", TransactionModels.Names)}, {All}. The nearest is {TransactionModels.Names.Append(All).MinBy(name => NearestName.Distance(text.ToLowerInvariant(), name))}");
}
