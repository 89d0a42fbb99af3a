using System.CommandLine;
using CustomerValue.Boosting;
using CustomerValue.Models.Tables;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Tables;

/// <summary>Options of the verbs that learn from a table: what is the label, what is left out, how it is learnt.</summary>
internal sealed class TableOptions
{
    private const int MaxThreads = 64;

    private readonly Argument<string?> _file = TableFileArgument.Create();
    private readonly Option<string?> _label = Opt.Text("--label", "COLUMN", "Column that is to be predicted: yes/no, true/false, 1/0, or a number.");
    private readonly Option<string[]> _ignore = Opt.Texts("--ignore", "COLUMN...", "Columns that are no features, such as an id; repeatable.");
    private readonly Option<Choice<string>> _objective = Opt.Choice("--objective", "What is minimised. auto: logistic for two classes, squared-error for other numbers.",
        "auto", "logistic", "squared-error", "poisson", "gamma", "tweedie", "quantile");
    private readonly Option<double> _power = Opt.Number("--power", "Variance power of --objective tweedie.", 1.5, 1.01, 1.99);
    private readonly Option<double> _level = Opt.Number("--level", "Level of --objective quantile.", 0.5, 0.001, 0.999);
    private readonly Option<int?> _rounds = Opt.Integer("--rounds", "Trees. Default: as many as do best on a part of the training rows held out.", 1, 100_000);
    private readonly Option<double?> _rate = Opt.Parsed<double?>("--learning-rate", "X", "Share of each tree's step that is taken, above 0 to 1. Default: 0.03 up to 20,000 rows, 0.1 above.", text => ParseRate(text));
    private readonly Option<int> _seed = Opt.Integer("--seed", "Seed of folds and of drawn rows and columns.", 1, 0, int.MaxValue);
    private readonly Option<int> _threads = Opt.Integer("--threads", "Threads to use; results do not depend on it.", Math.Clamp(Environment.ProcessorCount, 1, MaxThreads), 1, MaxThreads);

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (Option option in (Option[])[_label, _ignore, _objective, _power, _level, _rounds, _rate, _seed, _threads])
            command.Add(option);
    }

    /// <summary>What is to be learnt.</summary>
    /// <exception cref="UsageException">No label is named, or options contradict each other.</exception>
    public TableInput Read(ParseResult parse, CommandEnvironment environment)
    {
        string label = parse.GetValue(_label) ?? throw new UsageException("Found no label, expected --label COLUMN with the column that is to be predicted.");
        string[] ignored = parse.GetValue(_ignore) ?? [];
        if (ignored.Contains(label, StringComparer.Ordinal))
            throw new UsageException($"--ignore: found '{label}', which is the label; expected other columns.");
        string objective = parse.Chosen(_objective);
        RefuseUnless(parse, _power, objective == "tweedie", "tweedie");
        RefuseUnless(parse, _level, objective == "quantile", "quantile");
        return new TableInput
        {
            File = TableFileArgument.Read(parse, _file, environment),
            Label = label,
            Ignored = ignored,
            Objective = Objective(parse, objective),
            Rounds = parse.GetValue(_rounds),
            LearningRate = parse.GetValue(_rate),
            Seed = parse.GetValue(_seed),
            Threads = parse.GetValue(_threads),
        };
    }

    private Objective? Objective(ParseResult parse, string name) => name switch
    {
        "auto" => null,
        "logistic" => Objectives.Logistic,
        "squared-error" => Objectives.SquaredError,
        "poisson" => Objectives.Poisson,
        "gamma" => Objectives.Gamma,
        "tweedie" => Objectives.Tweedie(parse.GetValue(_power)),
        _ => Objectives.Quantile(parse.GetValue(_level)),
    };

    private static void RefuseUnless(ParseResult parse, Option option, bool fits, string objective)
    {
        if (parse.IsGiven(option) && !fits)
            throw new UsageException($"{option.Name} goes with --objective {objective} only; leave it out, or choose that objective.");
    }

    private static double ParseRate(string text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1
            ? rate : throw new FormatException("a number above 0 and up to 1, such as 0.03");
}
