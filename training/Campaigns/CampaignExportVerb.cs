using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Campaigns;

/// <summary><c>campaign export</c>: a list for each arm, without the control group and without those who may not be contacted, and a record of what was handed out.</summary>
internal sealed class CampaignExportVerb : Verb
{
    private readonly Argument<string> _name = CampaignCommand.NameArgument();
    private readonly TransactionOptions _transactions = new();
    private readonly Option<string> _campaigns = CampaignCommand.FolderOption();
    private readonly Option<string?> _doNotContact = Opt.Text("--do-not-contact", "FILE", "Customers whom nobody may contact by now: customer_id.");
    private readonly Option<string?> _consent = Opt.Text("--consent", "FILE", "Who agreed by now to be reached through which channel: customer_id, channel (all where left out), consent (yes or no).");
    private readonly Option<string?> _out = Opt.Text("--out", "DIR", "Folder for the lists. Default: lists in the campaign's folder.");
    private readonly Option<Choice<Language>> _language = Opt.Choice<Language>("--language", "Language of names.", new("en", Language.English), new("zh", Language.Chinese));

    public CampaignExportVerb() : base("export", "Write a list for each arm, without the control group and whoever may not be contacted, and a record of what was handed out.")
    {
        Add(_name);
        _transactions.AddTo(this);
        foreach (Option option in (Option[])[_campaigns, _doNotContact, _consent, _out, _language])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        CampaignFolder folder = CampaignCommand.Folder(parse, _campaigns, session.Environment);
        CampaignPlan plan = folder.Plan(parse.GetValue(_name)!);
        CampaignAssignment assignment = folder.Assignment(plan);
        ActionPlaybook playbook = folder.Playbook(plan);
        bool[] forbidden = session.Environment.PathOf(parse, _doNotContact) is { } file ? CustomerLists.ReadDoNotContact(file, assignment.Ids, lenient: true) : new bool[assignment.Count];
        IReadOnlyDictionary<string, bool[]>? refused = session.Environment.PathOf(parse, _consent) is { } consents ? CustomerLists.ReadRefusals(consents, assignment.Ids, [.. playbook.Channels.Select(channel => channel.Id)]) : null;
        TransactionInput? input = _transactions.AreNamed(parse) ? _transactions.Read(parse, session.Environment) : null;
        TransactionLog? log = input is null ? null : await session.WithProgressAsync(progress => LoadedData.Load(input, null, progress, session.Cancellation).Log);
        string target = session.Environment.PathOf(parse, _out) ?? folder.Lists(plan);
        Language language = parse.Chosen(_language);
        List<ExportedList> lists = [];
        for (int arm = 1; arm < plan.Arms.Count; arm++)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            bool[][] against = refused is null ? [] : [.. plan.ActionsOf(arm).Select(id => refused[playbook.Actions.Single(one => one.Id == id).Channel.Id])];
            int[] members = [.. Enumerable.Range(0, assignment.Count).Where(i => assignment.Arm[i] == arm)], listed = [.. members.Where(i => !forbidden[i] && !against.Any(one => one[i]))];
            byte[] content = ContactList.Csv(plan, assignment, arm, playbook, listed, log, language);
            string path = Path.Combine(target, $"{plan.Arms[arm].Id}.csv");
            WholeFile.Write(path, content);
            lists.Add(new ExportedList(plan.Arms[arm].Id, path, listed.Length, members.Length - listed.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
        }
        ExportRecord record = new(plan.Name, session.Environment.Clock.GetUtcNow(), plan.AssignmentSha256, plan.Start, lists);
        WholeFile.Write(Path.Combine(target, "export.json"), JsonSerializer.SerializeToUtf8Bytes(record, StoreJson.Options));

        session.People.Title($"Lists of {plan.Name}, from {Figures.Day(plan.Start)}");
        Table table = Look.Table("arm", ">customers", ">suppressed", "list");
        foreach (ExportedList list in lists)
            table.AddRow(list.Arm.EscapeMarkup(), Figures.Count(list.Customers), Figures.Count(list.Suppressed), list.File.EscapeMarkup());
        session.People.Draw(table);
        session.Hint($"The {Figures.Count(plan.Arms[0].Customers)} customers of the control group are on no list: leave them alone until {Figures.Day(plan.End)}.");
        session.Answer(record);
        return ExitCode.Done;
    }
}

/// <summary>What was handed out.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="ExportedAt">When.</param>
/// <param name="AssignmentSha256">Of which assignment.</param>
/// <param name="Start">First day whose outcomes count.</param>
/// <param name="Lists">The lists.</param>
internal sealed record ExportRecord(string Campaign, DateTimeOffset ExportedAt, string AssignmentSha256, DateOnly Start, IReadOnlyList<ExportedList> Lists);

/// <summary>One list.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="File">The file.</param>
/// <param name="Customers">Customers on it.</param>
/// <param name="Suppressed">Customers of the arm who may not be contacted; they stay in the arm, or it would not be a random draw any more.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
internal sealed record ExportedList(string Arm, string File, int Customers, int Suppressed, string Sha256);
