using System.CommandLine;
using System.Globalization;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Answers;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tables;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Uplift;

/// <summary>Options of the verbs that learn from an experiment.</summary>
internal sealed class UpliftTableOptions
{
    private const int MaxThreads = 64;

    private readonly Argument<string?> _file = TableFileArgument.Create();
    private readonly Option<string?> _treatment = Opt.Text("--treatment", "COLUMN", "Column that names the arm each customer was drawn for.");
    private readonly Option<string> _control = Opt.Text("--control", "ARM", "The arm that was left alone.", "control");
    private readonly Option<string[]> _arms = Opt.Texts("--arms", "ARM...", "Treated arms to look at; rows of others are left out. Default: all.");
    private readonly Option<string?> _outcome = Opt.Text("--outcome", "COLUMN", "Column of what came of it: yes/no, 1/0, or money.");
    private readonly Option<Choice<UpliftOutcome?>> _means = Opt.Choice<UpliftOutcome?>("--means", "What the outcome is. auto: buying for two classes, spend for numbers.",
        new("auto", null), new("buying", UpliftOutcome.Buying), new("spend", UpliftOutcome.Spend), new("margin", UpliftOutcome.Margin));
    private readonly Option<int?> _days = Opt.Integer("--outcome-days", "Days from the contact on whose outcomes were counted; decide needs them. Default: what the column outcome_days says, which campaign result writes.", Horizon.MinDays, Horizon.MaxDays);
    private readonly Option<string[]> _ignore = Opt.Texts("--ignore", "COLUMN...", "Columns that are no features: ids, and whatever is known only after the contact; repeatable.");
    private readonly Option<string[]> _cost = Opt.Texts("--contact-cost", "X...", "What contacting a customer costs, or ARM=X for one arm; repeatable.");
    private readonly Option<double> _value = Opt.Number("--outcome-value", "Money that a unit of the outcome is worth.", 1, 0, 1e9);
    private readonly Option<Choice<UpliftLearner?>> _learner = Opt.Choice<UpliftLearner?>("--learner", "How uplift is learnt. auto: all are tried.",
        [new("auto", null), .. Enum.GetValues<UpliftLearner>().Select(learner => new Choice<UpliftLearner?>(AnswerWords.Of(learner), learner))]);
    private readonly Option<int> _folds = Opt.Integer("--folds", "Parts of equal mix; each is scored by models of the others.", 5, 2, 20);
    private readonly Option<int> _seed = Opt.Integer("--seed", "Seed of folds, resamples and drawn rows and columns.", 1, 0, int.MaxValue);
    private readonly Option<int> _threads = Opt.Integer("--threads", "Threads to use; results do not depend on it.", Math.Clamp(Environment.ProcessorCount, 1, MaxThreads), 1, MaxThreads);

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (Option option in (Option[])[_treatment, _control, _arms, _outcome, _means, _days, _ignore, _cost, _value, _learner, _folds, _seed, _threads])
            command.Add(option);
    }

    /// <summary>What is to be learnt.</summary>
    /// <exception cref="UsageException">A column is not named, or a cost is none.</exception>
    public UpliftInput Read(ParseResult parse, CommandEnvironment environment)
    {
        string treatment = parse.GetValue(_treatment) ?? throw new UsageException("Found no treatment, expected --treatment COLUMN with the arm each customer was drawn for.");
        string outcome = parse.GetValue(_outcome) ?? throw new UsageException("Found no outcome, expected --outcome COLUMN with what came of it.");
        if (treatment == outcome)
            throw new UsageException($"Found '{treatment}' as treatment and as outcome, expected two columns.");
        double all = 0;
        Dictionary<string, double> costs = new(StringComparer.Ordinal);
        foreach (string text in parse.GetValue(_cost) ?? [])
        {
            int at = text.LastIndexOf('=');
            if (!double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double cost) || !(cost >= 0) || !double.IsFinite(cost))
                throw new UsageException($"--contact-cost: found '{text}', expected money of 0 or more such as 0.8, or ARM=0.8.");
            if (at < 0)
                all = cost;
            else
                costs[text[..at]] = cost;
        }
        UpliftOptions options = new()
        {
            Folds = parse.GetValue(_folds),
            OutcomeValue = parse.GetValue(_value),
            ContactCost = all,
            ArmCosts = costs,
            Learners = parse.Chosen(_learner) is { } learner ? [learner] : Enum.GetValues<UpliftLearner>(),
            Seed = parse.GetValue(_seed),
            Threads = parse.GetValue(_threads),
        };
        return new UpliftInput
        {
            File = TableFileArgument.Read(parse, _file, environment),
            Treatment = treatment,
            Control = parse.GetValue(_control)!,
            Arms = parse.GetValue(_arms) ?? [],
            Outcome = outcome,
            Means = parse.Chosen(_means),
            Window = parse.GetValue(_days) is { } days ? new Horizon(days) : null,
            Ignored = parse.GetValue(_ignore) ?? [],
            Options = options,
        };
    }
}

/// <summary>What <c>uplift evaluate</c> and <c>uplift train</c> are asked to learn.</summary>
internal sealed record UpliftInput
{
    /// <summary>The table.</summary>
    public required string File { get; init; }

    /// <summary>Column of the arm.</summary>
    public required string Treatment { get; init; }

    /// <summary>The arm that was left alone.</summary>
    public required string Control { get; init; }

    /// <summary>Treated arms to look at; none for all.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>Column of the outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>What it is; null leaves it to the values.</summary>
    public required UpliftOutcome? Means { get; init; }

    /// <summary>Days whose outcomes were counted; null leaves it to the column <c>outcome_days</c>.</summary>
    public required Horizon? Window { get; init; }

    /// <summary>Columns that are no features.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>How it is learnt.</summary>
    public required UpliftOptions Options { get; init; }
}
