using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Contacts;
using CustomerValue.Reporting.Campaigns;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Campaigns;

/// <summary><c>campaign result</c>: what a campaign earned, from the transactions after its start.</summary>
internal sealed class CampaignResultVerb : Verb
{
    private readonly Argument<string> _name = CampaignCommand.NameArgument();
    private readonly TransactionOptions _transactions = new();
    private readonly Option<string> _campaigns = CampaignCommand.FolderOption();
    private readonly Option<DateOnly?> _through = Opt.Date("--through", "Last day to look at. Default: the last of the transactions.");
    private readonly Option<string?> _contacts = Opt.Text("--contacts", "FILE", "What came of contacts: customer_id, date, channel, reached; tells whether the control group was left alone.");

    private readonly Option<string?> _table = Opt.Text("--table", "FILE", "Write what was forecast of each customer, their arm and what came, as uplift train reads it (CSV).");

    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write every effect as a line: arms, main effects and interactions of factors, by outcome, with intervals (CSV).");

    private readonly Option<string?> _report = Opt.Text("--report", "FILE", "Write the result as a page, one HTML file that opens offline.");

    private readonly Option<Choice<Language>> _language = Opt.Choice<Language>("--language", "Language of the page.", new("en", Language.English), new("zh", Language.Chinese));

    public CampaignResultVerb() : base("result", "Measure what each arm earned beyond the control group: buyers, purchases, spend, margin, return on the money, with intervals and checks.")
    {
        Add(_name);
        _transactions.AddTo(this);
        foreach (Option option in (Option[])[_campaigns, _through, _contacts, _table, _out, _report, _language])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TransactionInput input = _transactions.Read(parse, session.Environment);
        CampaignFolder folder = CampaignCommand.Folder(parse, _campaigns, session.Environment);
        CampaignPlan plan = folder.Plan(parse.GetValue(_name)!);
        Language language = parse.Chosen(_language);
        string? contacts = session.Environment.PathOf(parse, _contacts), table = session.Environment.PathOf(parse, _table), report = session.Environment.PathOf(parse, _report), file = session.Environment.PathOf(parse, _out);

        (CampaignResult result, List<Finding> findings) = await session.WithProgressAsync(progress =>
        {
            CampaignAssignment assignment = folder.Assignment(plan);
            LoadedData data = LoadedData.Load(input, null, progress, session.Cancellation);
            List<Finding> findings = [.. data.Findings];
            progress.Report(new("measuring", 0, null, "customers"));
            bool[]? contacted = contacts is null ? null
                : [.. ContactRecordReader.Read(contacts, assignment.Ids, folder.Playbook(plan).Channels, data.Log.LastDay.AddDays(1), findings).Select(history => history.Records.Any(record => record.Day >= plan.Start && record.Day < plan.End))];
            CampaignResult result = CampaignMeasurement.Measure(plan, assignment, data.Log, input.Options.Returns, parse.GetValue(_through), contacted, findings);
            byte[]? experiment = table is null ? null : CampaignMeasurement.Experiment(plan, assignment, data.Log, input.Options.Returns, parse.GetValue(_through));
            folder.Save(result);
            if (table is not null)
                WholeFile.Write(table, experiment);
            if (file is not null)
                WholeFile.Write(file, CampaignEffects.Csv(result));
            if (report is not null)
                WholeFile.Write(report, CampaignHtml.Render(plan, result, language));
            progress.Report(new("measuring", assignment.Count, assignment.Count, "customers"));
            return (result, findings);
        });

        CampaignTables.Write(session.People, result);
        session.Show(findings);
        session.Answer(new CampaignResultAnswer(result, CampaignWords.Of(result), findings));
        return ExitCode.Done;
    }
}

/// <summary>What <c>campaign result --json</c> gives.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Words">The same in sentences.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record CampaignResultAnswer(CampaignResult Result, IReadOnlyList<string> Words, IReadOnlyList<Finding> Findings);
