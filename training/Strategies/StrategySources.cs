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
/// <param name="Activities">What was done for customers.</param>
/// <param name="Referrals">Who brought whom.</param>
/// <param name="Experience">What customers feel they get.</param>
/// <param name="Steps">Gentle steps taken with customers who cost more than they bring.</param>
/// <param name="Rates">What activities cost.</param>
/// <param name="Pools">Resource pools behind the rates.</param>
/// <param name="Scorecard">The scorecard.</param>
/// <param name="Rules">Rules of strategy.</param>
/// <param name="Playbook">The playbook of actions.</param>
internal sealed record StrategySources(string? Activities, string? Referrals, string? Experience, string? Steps, string? Rates, string? Pools, string? Scorecard, string? Rules, string? Playbook)
{
    public static StrategySources None { get; } = new(null, null, null, null, null, null, null, null, null);

    /// <summary>Whether any of the house's choices is given, so that strategy must be learnt with it.</summary>
    public bool HasChoices => Rates is not null || Scorecard is not null || Rules is not null;

    /// <summary>The files by name of their option without dashes.</summary>
    public IReadOnlyList<(string Name, string? Path)> Named =>
        [("activities", Activities), ("referrals", Referrals), ("experience", Experience), ("steps", Steps), ("rates", Rates), ("pools", Pools), ("scorecard", Scorecard), ("strategy", Rules), ("playbook", Playbook)];

    /// <summary>The sources by name, as <see cref="Named"/> gives them.</summary>
    public static StrategySources By(Func<string, string?> path) =>
        new(path("activities"), path("referrals"), path("experience"), path("steps"), path("rates"), path("pools"), path("scorecard"), path("strategy"), path("playbook"));

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
