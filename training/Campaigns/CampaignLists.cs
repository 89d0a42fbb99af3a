using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Files;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Campaigns;

/// <summary>Who a campaign is for, and what is done with them, as files and options say.</summary>
internal static class CampaignLists
{
    private const int LeastPerArm = 10;

    /// <summary>An arm as <c>NAME[:COST[:WEIGHT]]</c>.</summary>
    /// <exception cref="UsageException">It is written otherwise.</exception>
    public static CampaignArm Arm(string text, ActionPlaybook playbook)
    {
        string[] parts = text.Split(':');
        double cost = 0, weight = 1;
        if (parts.Length > 3 || !CampaignFolder.IsName(parts[0])
            || (parts.Length > 1 && parts[1].Length > 0 && !(double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out cost) && cost is >= 0 and <= 1e9))
            || (parts.Length > 2 && !(double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out weight) && weight is > 0 and <= 1e6)))
            throw new UsageException($"--arm: found '{text}', expected NAME, NAME:COST or NAME:COST:WEIGHT, such as thank-you-letter or newsletter:0.05:2.");
        PlaybookAction? action = playbook.Actions.FirstOrDefault(one => one.Id == parts[0]);
        if (action is null && (parts.Length < 2 || parts[1].Length == 0))
            throw new UsageException($"--arm: found '{parts[0]}', which is no action of the playbook, expected an action or a name with its cost, such as {parts[0]}:0.05; {NearestName.Hint(parts[0], [.. playbook.Actions.Select(one => one.Id)], "actions")}.");
        return new CampaignArm(parts[0], action?.Id, weight, parts.Length > 1 && parts[1].Length > 0 ? cost : action!.CostPerCustomer, action?.FixedCost ?? 0);
    }

    /// <summary>
    /// Arms and who is meant for which, from the file that <c>decide --out</c> wrote; chosen are those who get an action that enough others get, too: a handful tell nothing.
    /// </summary>
    /// <exception cref="BadDataException">The file is another one.</exception>
    public static (IReadOnlyList<CampaignArm> Arms, int[] Intended) Decisions(string path, string[] ids, ActionPlaybook playbook, bool[] chosen, List<Finding> findings)
    {
        Array.Fill(chosen, false);
        int[] intended = new int[ids.Length];
        List<CampaignArm> arms = [];
        using InputRows rows = new(path);
        int id = rows.Require("customer_id"), action = rows.Require("action");
        while (rows.Next())
        {
            string what = rows.Text(action);
            if (what.Length == 0)
                continue;
            int row = Array.BinarySearch(ids, rows.Name(id), StringComparer.Ordinal);
            if (row < 0)
                throw rows.Bad(id, "a customer of the transactions", "give the decisions that were made on these files");
            PlaybookAction known = playbook.Actions.FirstOrDefault(one => one.Id == what)
                ?? throw rows.Bad(action, "an action of the playbook", $"give the playbook of the decisions with --playbook; {NearestName.Hint(what, [.. playbook.Actions.Select(one => one.Id)], "actions")}");
            int arm = arms.FindIndex(one => one.Id == what);
            if (arm < 0)
            {
                arm = arms.Count;
                arms.Add(new CampaignArm(what, what, 1, known.CostPerCustomer, known.FixedCost));
            }
            chosen[row] = true;
            intended[row] = arm + 1;
        }
        if (arms.Count == 0)
            throw new BadDataException($"{path}: found no customer with an action, expected what decide wrote with --out.");
        int[] sizes = [.. arms.Select((_, arm) => intended.Count(meant => meant == arm + 1))];
        CampaignArm[] large = [.. arms.Where((_, arm) => sizes[arm] >= LeastPerArm)];
        if (large.Length == 0)
            throw new BadDataException($"{path}: found no action that {LeastPerArm} customers or more get, expected one at least: fewer tell nothing. Decide with a larger budget.");
        for (int i = 0; i < ids.Length; i++)
        {
            intended[i] = intended[i] == 0 ? 0 : Array.IndexOf(large, arms[intended[i] - 1]) + 1;
            chosen[i] &= intended[i] > 0;
        }
        if (large.Length < arms.Count)
            findings.Add(new Finding("arms-too-small", Severity.Information,
                $"{string.Join(", ", arms.Where((_, arm) => sizes[arm] < LeastPerArm).Select(arm => arm.Id))}: fewer than {LeastPerArm} customers get each, so they stay out of the campaign.", "Contact them all the same; what it earns cannot be told."));
        return (large, intended);
    }
}
