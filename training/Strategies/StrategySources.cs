using System.Security.Cryptography;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Experience;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Scorecard;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Strategies;

/// <summary>Files that strategy rests on beside transactions; null where there is none.</summary>
internal sealed record StrategySources
{
    /// <summary>What was done for customers.</summary>
    public required string? Activities { get; init; }

    /// <summary>Who brought whom.</summary>
    public required string? Referrals { get; init; }

    /// <summary>What customers feel they get.</summary>
    public required string? Experience { get; init; }

    /// <summary>Gentle steps taken with customers who cost more than they bring.</summary>
    public required string? Steps { get; init; }

    /// <summary>What activities cost.</summary>
    public required string? Rates { get; init; }

    /// <summary>Resource pools behind the rates.</summary>
    public required string? Pools { get; init; }

    /// <summary>The scorecard.</summary>
    public required string? Scorecard { get; init; }

    /// <summary>Rules of strategy.</summary>
    public required string? Rules { get; init; }

    /// <summary>The playbook of actions.</summary>
    public required string? Playbook { get; init; }

    public static StrategySources None { get; } = new()
    {
        Activities = null,
        Referrals = null,
        Experience = null,
        Steps = null,
        Rates = null,
        Pools = null,
        Scorecard = null,
        Rules = null,
        Playbook = null,
    };

    /// <summary>Whether any of the house's choices is given, so that strategy must be learnt with it.</summary>
    public bool HasChoices => Rates is not null || Scorecard is not null || Rules is not null;

    /// <summary>Whether any file says something of single customers.</summary>
    public bool HasEvidence => Activities is not null || Referrals is not null || Experience is not null || Steps is not null;

    /// <summary>The files by name of their option without dashes.</summary>
    public IReadOnlyList<(string Name, string? Path)> Named =>
        [("activities", Activities), ("referrals", Referrals), ("experience", Experience), ("steps", Steps), ("rates", Rates), ("pools", Pools), ("scorecard", Scorecard), ("strategy", Rules), ("playbook", Playbook)];

    /// <summary>The sources by name, as <see cref="Named"/> gives them.</summary>
    public static StrategySources By(Func<string, string?> path) =>
        new()
        {
            Activities = path("activities"),
            Referrals = path("referrals"),
            Experience = path("experience"),
            Steps = path("steps"),
            Rates = path("rates"),
            Pools = path("pools"),
            Scorecard = path("scorecard"),
            Rules = path("strategy"),
            Playbook = path("playbook"),
        };

    /// <summary>What is known of customers, with every file read once, so that a bad line is found before long work starts.</summary>
    /// <exception cref="BadDataException">A file cannot be used.</exception>
    public StrategyEvidence Evidence(NameTable customers, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        StrategyEvidence files = StrategyEvidence.InFiles(Activities, Referrals, Experience, Steps, progress, cancellation);
        ActivityLog? activities = files.Activities?.Invoke(customers);
        files.Referrals?.Invoke(new ReferralScope(customers));
        files.Experience?.Invoke(new ExperienceScope(customers));
        files.StepsTaken?.Invoke(DateOnly.MaxValue);
        return activities is null ? files : files with { Activities = _ => activities };
    }

    /// <summary>The house's choices: those of the files, and for the rest those given.</summary>
    /// <exception cref="BadDataException">A file cannot be used.</exception>
    public StrategySettings Settings(StrategySettings otherwise)
    {
        StrategyRules? rules = Rules is null ? null : StrategyRules.Read(Rules);
        return new StrategySettings
        {
            Options = rules?.Strategy ?? otherwise.Options,
            Influence = rules?.Influence ?? otherwise.Influence,
            Margins = rules is null ? otherwise.Margins : otherwise.Margins with { CategoryRates = rules.CategoryMargins },
            Rates = Rates is null ? otherwise.Rates : CostRates.Read(Rates, Pools),
            Scorecard = Scorecard is null ? otherwise.Scorecard : ValueScorecard.Read(Scorecard),
        };
    }

    /// <summary>SHA-256 in hex over the content of all files, or null where there is none.</summary>
    public string? Hash()
    {
        StringBuilder text = new();
        foreach ((string name, string? path) in Named)
            if (path is not null)
            {
                using FileStream stream = File.OpenRead(path);
                text.Append(name).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append('\n');
            }
        return text.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
