using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Files;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>
/// A folder of campaigns: for each <c>NAME/assignment.csv</c>, <c>NAME/playbook.json</c>, <c>NAME/plan.json</c> (written last: without it there is no campaign) and, once measured, <c>NAME/result.json</c>;
/// and <c>holdout.json</c>, which says whom no campaign contacts.
/// </summary>
/// <param name="folder">The folder; it need not exist yet.</param>
public sealed class CampaignFolder(string folder)
{
    /// <summary>Its path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(folder);

    /// <summary>Names of the campaigns planned, sorted.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(Path) ? []
        : [.. Directory.EnumerateDirectories(Path).Where(one => File.Exists(System.IO.Path.Combine(one, "plan.json"))).Select(one => System.IO.Path.GetFileName(one)!).Order(StringComparer.Ordinal)];

    /// <summary>Whether a name can be one of a campaign: letters, digits, dash and underscore, 64 at most.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && char.IsAsciiLetterOrDigit(name[0]);

    /// <summary>The plan of a campaign.</summary>
    /// <exception cref="BadDataException">There is none, or it cannot be read.</exception>
    public CampaignPlan Plan(string name)
    {
        if (!IsName(name) || !Names.Contains(name, StringComparer.Ordinal))
            throw new BadDataException($"{Path}: found no campaign '{name}', expected {(Names.Count == 0 ? "one that was planned; make it with campaign plan" : $"one of {string.Join(", ", Names)}{(NearestName.Find(name, Names) is { } near ? $"; did you mean '{near}'?" : "")}")}.");
        return Read<CampaignPlan>(FileOf(name, "plan.json"));
    }

    /// <summary>Who gets what in a campaign.</summary>
    /// <exception cref="BadDataException">The file is absent or not the one that was planned.</exception>
    public CampaignAssignment Assignment(CampaignPlan plan) => CampaignAssignment.Read(FileOf(plan.Name, "assignment.csv"), plan);

    /// <summary>The playbook a campaign was planned by.</summary>
    /// <exception cref="BadDataException">The file is absent or not the one that was planned.</exception>
    public ActionPlaybook Playbook(CampaignPlan plan)
    {
        string path = FileOf(plan.Name, "playbook.json");
        ActionPlaybook playbook = PlaybookReader.Read(path, DecisionCustomers.ScoredColumns);
        return playbook.Hash == plan.PlaybookHash ? playbook
            : throw new BadDataException($"{path}: found a file with SHA-256 {playbook.Hash[..12]}..., expected {plan.PlaybookHash[..Math.Min(12, plan.PlaybookHash.Length)]}... as planned; restore the file.");
    }

    /// <summary>The last result of a campaign, or null.</summary>
    /// <exception cref="BadDataException">It cannot be read.</exception>
    public CampaignResult? Result(string name) => File.Exists(FileOf(name, "result.json")) ? Read<CampaignResult>(FileOf(name, "result.json")) : null;

    /// <summary>Writes a plan. Planning the same again changes nothing.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="BadDataException">Another plan bears the name.</exception>
    public bool Save(CampaignPlan plan, CampaignAssignment assignment, ActionPlaybook playbook)
    {
        if (Names.Contains(plan.Name, StringComparer.Ordinal))
        {
            CampaignPlan earlier = Plan(plan.Name);
            if (earlier.AssignmentSha256 == plan.AssignmentSha256 && earlier.Start == plan.Start && earlier.OutcomeDays == plan.OutcomeDays && earlier.PlaybookHash == plan.PlaybookHash)
                return false;
            throw new BadDataException($"{FileOf(plan.Name, "plan.json")}: found a campaign '{plan.Name}' from {earlier.Start:yyyy-MM-dd} that was planned otherwise, expected a new name: who was drawn stays drawn. Choose another name, or delete the folder while nobody was contacted.");
        }
        WholeFile.Write(FileOf(plan.Name, "assignment.csv"), assignment.ToBytes(plan.Arms));
        WholeFile.Write(FileOf(plan.Name, "playbook.json"), playbook.Content.Span, FileReaders.Anyone);
        WholeFile.Write(FileOf(plan.Name, "plan.json"), JsonSerializer.SerializeToUtf8Bytes(plan, StoreJson.Options));
        return true;
    }

    /// <summary>Writes a result.</summary>
    /// <exception cref="BadDataException">A whole result of the campaign is there and differs: it was looked at with other data.</exception>
    public void Save(CampaignResult result)
    {
        if (Result(result.Campaign) is { IsWhole: true } earlier && earlier.End != result.End)
            throw new BadDataException($"{FileOf(result.Campaign, "result.json")}: found a result up to {earlier.End:yyyy-MM-dd}, now asked up to {result.End:yyyy-MM-dd}, expected the same end: choosing an end after looking makes chance look real.");
        WholeFile.Write(FileOf(result.Campaign, "result.json"), JsonSerializer.SerializeToUtf8Bytes(result, StoreJson.Options));
    }

    /// <summary>Share of customers whom no campaign contacts; the first plan sets it.</summary>
    /// <param name="wanted">What is wanted; null for what was set, or 0 where nothing was.</param>
    /// <exception cref="BadDataException">Another share was set.</exception>
    public GlobalHoldout Holdout(double? wanted)
    {
        string path = System.IO.Path.Combine(Path, "holdout.json");
        if (!File.Exists(path))
            return new GlobalHoldout(wanted ?? 0);
        GlobalHoldout set = Read<GlobalHoldout>(path);
        if (wanted is { } share && share != set.Share)
            throw new BadDataException($"{path}: found a holdout of {set.Share:P0} of all customers, asked for {share:P0}, expected the same: those who were never contacted must stay so. Leave the option out.");
        return set;
    }

    /// <summary>Keeps the holdout for all later campaigns.</summary>
    public void Save(GlobalHoldout holdout) => WholeFile.Write(System.IO.Path.Combine(Path, "holdout.json"), JsonSerializer.SerializeToUtf8Bytes(holdout, StoreJson.Options));

    /// <summary>
    /// Takes a customer's id out of all campaigns. The row of the draw stays under a name that tells nothing, so that the arms stay as they were drawn; lists that were written for the campaign are removed,
    /// since they can be written anew.
    /// </summary>
    /// <param name="customer">The id.</param>
    /// <param name="alias">What stands in its place.</param>
    /// <returns>Names of the campaigns that the customer was in.</returns>
    /// <exception cref="BadDataException">A campaign cannot be read.</exception>
    public IReadOnlyList<string> Erase(string customer, string alias)
    {
        List<string> found = [];
        foreach (string name in Names)
        {
            CampaignPlan plan = Plan(name);
            CampaignAssignment assignment = Assignment(plan);
            if (Array.BinarySearch(assignment.Ids, customer, StringComparer.Ordinal) < 0)
                continue;
            byte[] content = assignment.Renamed(customer, alias).ToBytes(plan.Arms);
            WholeFile.Write(FileOf(name, "assignment.csv"), content);
            WholeFile.Write(FileOf(name, "plan.json"), JsonSerializer.SerializeToUtf8Bytes(plan with { AssignmentSha256 = CampaignAssignment.HashOf(content) }, StoreJson.Options));
            if (Directory.Exists(Lists(plan)))
                Directory.Delete(Lists(plan), recursive: true);
            found.Add(name);
        }
        return found;
    }

    /// <summary>Where the lists of a campaign are written unless told otherwise.</summary>
    public string Lists(CampaignPlan plan) => FileOf(plan.Name, "lists");

    private string FileOf(string name, string file) => System.IO.Path.Combine(Path, name, file);

    private static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), StoreJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new BadDataException($"{path}: found no readable file of a campaign, expected what campaign plan or campaign result wrote; {error.Message}", error);
        }
    }
}

/// <summary>Customers whom no campaign contacts, drawn by a hash of their id, so that all campaigns together can be measured.</summary>
/// <param name="Share">Share of all customers, 0 to .5.</param>
public sealed record GlobalHoldout(double Share)
{
    /// <summary>Whether a customer belongs to it.</summary>
    public bool Holds(string customer) => Share > 0 && StableHash.Share(customer, "holdout", "") < Share;
}
