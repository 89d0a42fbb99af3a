using System.CommandLine;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Strategies;

/// <summary>Files that strategy rests on: what is known of customers, and what the house chooses.</summary>
/// <param name="withPlaybook">Whether the playbook of actions is among them.</param>
/// <param name="withChoices">Whether what the house chooses is among them; else those of the version hold.</param>
internal sealed class StrategyOptionGroup(bool withPlaybook = false, bool withChoices = true)
{
    private readonly Option<string?> _activities = Opt.Text("--activities", "FILE", "What was done for customers: customer_id, date, activity, quantity or minutes.");
    private readonly Option<string?> _referrals = Opt.Text("--referrals", "FILE", "Who brought whom: referrer_id, referee_id, date.");
    private readonly Option<string?> _experience = Opt.Text("--experience", "FILE", "What customers feel they get: customer_id, date, utility, process_quality, price, effort.");
    private readonly Option<string?> _steps = Opt.Text("--steps", "FILE", "Gentle steps taken with customers who cost more than they bring: customer_id, date, step (reprice, self-service).");
    private readonly Option<string?> _rates = Opt.Text("--rates", "FILE", "What an activity costs. Without --activities, rates of order, line, return and of products' names apply to the transactions.");
    private readonly Option<string?> _pools = Opt.Text("--pools", "FILE", "Resource pools behind the rates: pool, cost and practical capacity of 365 days.");
    private readonly Option<string?> _scorecard = Opt.Text("--scorecard", "FILE", "The value scorecard, JSON.");
    private readonly Option<string?> _rules = Opt.Text("--strategy", "FILE", "Rules of strategy, JSON: how lines are drawn, when labels move, budget shares, referrals, margins of categories.");

    private readonly Option<string?> _playbook = Opt.Text("--playbook", "FILE", "Actions with costs and effects, JSON. Default: the version's, or the one that comes with the program.");

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    /// <summary>Names of the options.</summary>
    public IEnumerable<string> Names => All.Select(option => option.Name);

    /// <summary>The files.</summary>
    /// <exception cref="UsageException">Pools come without rates.</exception>
    public StrategySources Read(ParseResult parse, CommandEnvironment environment)
    {
        StrategySources sources = StrategySources.By(name => Given(parse, name) is { } path ? environment.PathOf(path) : null);
        return sources is { Pools: not null, Rates: null }
            ? throw new UsageException("Found --pools without --rates, expected both: rates say how much of a pool an activity takes.")
            : sources;
    }

    /// <summary>What an earlier run read, from where it lies now where that is given.</summary>
    public StrategySources ReadAgain(ParseResult parse, CommandEnvironment environment, StrategySources earlier)
    {
        StrategySources now = StrategySources.By(name => Given(parse, name));
        return StrategySources.By(name => (Path(now, name) ?? Path(earlier, name)) is { } path ? environment.PathOf(path) : null);
    }

    private Option<string?>[] All => [_activities, _referrals, _experience, _steps, .. withChoices ? [_rates, _pools, _scorecard, _rules] : Array.Empty<Option<string?>>(), .. withPlaybook ? [_playbook] : Array.Empty<Option<string?>>()];

    private string? Given(ParseResult parse, string name) => All.FirstOrDefault(option => option.Name == $"--{name}") is { } option ? parse.GetValue(option) : null;

    private static string? Path(StrategySources sources, string name) => sources.Named.First(source => source.Name == name).Path;
}
