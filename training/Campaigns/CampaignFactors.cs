using System.Globalization;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Campaigns;

/// <summary>Factors as an option says them, and the arms that they make.</summary>
internal static class CampaignFactors
{
    /// <summary>A factor as <c>NAME=LEVEL[:COST],LEVEL[:COST]...</c>.</summary>
    /// <exception cref="UsageException">It is written otherwise.</exception>
    public static CampaignFactor Read(string text, ActionPlaybook playbook)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 0 || !CampaignFolder.IsName(text[..at]))
            throw new UsageException($"--factor: found '{text}', expected NAME=LEVEL,LEVEL, such as discount=0,10:2.5 with letters, digits, dash and underscore.");
        return new CampaignFactor(text[..at], [.. text[(at + 1)..].Split(',').Select(level => Level(level.Trim(), text, playbook))]);
    }

    /// <summary>An arm for each combination, the last factor changing fastest.</summary>
    public static CampaignArm[] Arms(IReadOnlyList<CampaignFactor> factors)
    {
        IEnumerable<FactorLevel[]> combinations = [[]];
        foreach (CampaignFactor factor in factors)
            combinations = [.. combinations.SelectMany(_ => factor.Levels, (levels, level) => (FactorLevel[])[.. levels, level])];
        return [.. combinations.Select(levels => new CampaignArm(string.Join('_', levels.Select(level => level.Id)), levels.FirstOrDefault(level => level.Action is not null)?.Action, 1, levels.Sum(level => level.Cost), levels.Sum(level => level.FixedCost)))];
    }

    private static FactorLevel Level(string text, string whole, ActionPlaybook playbook)
    {
        string[] parts = text.Split(':');
        double cost = 0;
        if (parts.Length > 2 || !CampaignFolder.IsName(parts[0]) || (parts.Length == 2 && !(double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out cost) && cost is >= 0 and <= 1e9)))
            throw new UsageException($"--factor: found the level '{text}' in '{whole}', expected LEVEL or LEVEL:COST with a cost of 0 or more, such as 10:2.5.");
        PlaybookAction? action = playbook.Actions.FirstOrDefault(one => one.Id == parts[0]);
        return new FactorLevel(parts[0], action?.Id, parts.Length == 2 ? cost : action?.CostPerCustomer ?? 0, action?.FixedCost ?? 0);
    }
}
