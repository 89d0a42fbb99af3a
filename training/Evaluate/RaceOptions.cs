using System.CommandLine;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Value;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Evaluate;

/// <summary>Options of the verbs that run the race: what is predicted, from when on, and how value is reckoned.</summary>
/// <param name="severalCutoffs">Whether <c>--cutoff</c> may be given more than once.</param>
internal sealed class RaceOptions(bool severalCutoffs = false)
{
    private const string CutoffHelp = "First day of the holdout; everything before it is learnt from. Default: so that the horizon ends with the data.";

    private readonly Option<DateOnly?> _cutoff = Opt.Date("--cutoff", CutoffHelp);
    private readonly Option<DateOnly[]> _cutoffs = Opt.Dates("--cutoff", $"{CutoffHelp} May be given several times: a race each, and the means.");
    private readonly Option<int> _horizon = Opt.Integer("--horizon", "Days ahead that are predicted; churn is no purchase within them.", 90, Horizon.MinDays, Horizon.MaxDays);
    private readonly Option<int> _seed = Opt.Integer("--seed", "Seed of everything drawn by chance.", 1, 0, int.MaxValue);
    private readonly Option<double> _marginRate = Opt.Number("--margin-rate", "Margin as a share of spend, where transactions carry none.", 1, 0, 1);
    private readonly Option<int> _valueMonths = Opt.Integer("--value-months", "Months ahead that lifetime value counts.", 36, 1, 120);
    private readonly Option<double> _discountRate = Opt.Number("--discount-rate", "Discount rate a year, as a share.", 0.1, 0, 1);
    private readonly Option<string> _candidates = Candidates();
    private readonly Option<int> _sample = Opt.Integer("--sample", "Customers at most who are learnt from and measured on, drawn by their ids; everyone is scored.", RacePlan.DefaultSample, 1000, int.MaxValue);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[severalCutoffs ? _cutoffs : _cutoff, _horizon, _seed, _marginRate, _valueMonths, _discountRate, _candidates, _sample])
            command.Add(option);
    }

    public RacePlan Read(ParseResult parse) => Plan(parse, parse.GetValue(_cutoff));

    /// <summary>A plan a cutoff, in the order given.</summary>
    public IReadOnlyList<RacePlan> ReadAll(ParseResult parse) =>
        parse.GetValue(_cutoffs) is { Length: > 0 } cutoffs ? [.. cutoffs.Distinct().Select(cutoff => Plan(parse, cutoff))] : [Plan(parse, null)];

    private RacePlan Plan(ParseResult parse, DateOnly? cutoff) => new(
        cutoff,
        new Horizon(parse.GetValue(_horizon)),
        parse.GetValue(_seed),
        new ValueOptions { HorizonMonths = parse.GetValue(_valueMonths), AnnualDiscountRate = parse.GetValue(_discountRate), DefaultMarginRate = parse.GetValue(_marginRate) })
    {
        Candidates = parse.GetValue(_candidates)!,
        Sample = parse.GetValue(_sample),
    };

    /// <summary>Who runs: see <see cref="Entrants.Choose"/>.</summary>
    public static Option<string> Candidates()
    {
        Option<string> option = new("--candidates")
        {
            Description = $"Who runs: '{Entrants.Default}' (everyone, ML.NET's FastTree on a sample), '{Entrants.All}' (everyone in full), '{Entrants.House}' (everyone but ML.NET's), or names with commas between them.",
            HelpName = "WHO",
            DefaultValueFactory = _ => Entrants.Default,
        };
        option.Validators.Add(result =>
        {
            try
            {
                Entrants.Choose(result.GetValueOrDefault<string>());
            }
            catch (ArgumentException error)
            {
                result.AddError($"--candidates: {error.Message}");
            }
        });
        return option;
    }
}
