using System.CommandLine;
using CustomerValue.Data.Files;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Experiments;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Recommend;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Campaigns;

/// <summary><c>campaign history</c>: every campaign, what is known of every action, and a playbook that says so.</summary>
internal sealed class CampaignHistoryVerb : Verb
{
    private readonly Option<string> _campaigns = CampaignCommand.FolderOption();
    private readonly Option<string?> _playbook = Opt.Text("--playbook", "FILE", "Actions with costs and effects, JSON. Default: the champion's, or the one that comes with the program.");
    private readonly StoreOptions _store = new();
    private readonly Option<string?> _write = Opt.Text("--write-playbook", "FILE", "Write the playbook with what was measured.");

    public CampaignHistoryVerb() : base("history", "All campaigns, what they say about every action together with what was assumed, and a playbook that has learnt it.")
    {
        foreach (Option option in (Option[])[_campaigns, _playbook, _write])
            Add(option);
        _store.AddTo(this, withBook: false);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        CampaignFolder folder = CampaignCommand.Folder(parse, _campaigns, session.Environment);
        string? target = session.Environment.PathOf(parse, _write);
        ModelStore store = _store.Store(parse, session.Environment);
        ActionPlaybook playbook = PlaybookChoice.Of(session.Environment.PathOf(parse, _playbook), store.Champion is { } champion ? store.Open(champion) : null).Playbook;
        (CampaignPlan Plan, CampaignResult? Result)[] campaigns = [.. folder.Names.Select(name => (folder.Plan(name), folder.Result(name)))];
        IReadOnlyList<EffectKnowledge> known = PlaybookLearning.Know(playbook, campaigns.Select(one => one.Result).OfType<CampaignResult>());
        if (target is not null)
            WholeFile.Write(target, PlaybookLearning.Write(playbook, known), FileReaders.Anyone);

        CampaignTables.Write(session.People, campaigns);
        WriteKnowledge(session.People, known);
        if (target is not null)
            session.Hint($"{target} holds the playbook with what was measured; give it to decide with --playbook.");
        session.Answer(new CampaignHistoryAnswer(folder.Path,
            [.. campaigns.Select(one => new HistoryCampaign
            {
                Campaign = one.Plan.Name,
                Start = one.Plan.Start,
                End = one.Plan.End,
                Customers = one.Plan.Customers,
                IsWhole = one.Result?.IsWhole,
                IsSound = one.Result?.IsSound,
                IncrementalMargin = one.Result?.Arms.Sum(arm => arm.IncrementalMargin),
                Cost = one.Result?.Arms.Sum(arm => arm.Cost),
            })],
            [.. known.Select(one => new HistoryEffect(one.Action, one.Kind, one.Before, [.. one.Campaigns.Select(campaign => new HistoryMeasurement(campaign.Campaign, campaign.Seen.Difference, campaign.Seen.StandardError))], one.After))], target));
        return Task.FromResult(ExitCode.Done);
    }

    private static void WriteKnowledge(IAnsiConsole console, IReadOnlyList<EffectKnowledge> known)
    {
        if (known.Count == 0)
        {
            console.Say("No whole result of a sound campaign speaks of an action of the playbook yet.");
            return;
        }
        console.Title("What is known of actions");
        Table table = Look.Table("action", "effect", ">playbook", ">campaigns", ">together");
        foreach (EffectKnowledge one in known)
            table.AddRow(one.Action.EscapeMarkup(), one.Kind, Belief(one.Before), string.Join(", ", one.Campaigns.Select(campaign => Figures.Percent(campaign.Seen.Difference))), Belief(one.After));
        console.Draw(table);
    }

    private static string Belief(EffectBelief belief) => $"{Figures.Percent(belief.Mean)} ± {Figures.Percent(belief.Deviation)}";
}

/// <summary>What <c>campaign history --json</c> gives.</summary>
internal sealed record CampaignHistoryAnswer(string Campaigns, IReadOnlyList<HistoryCampaign> History, IReadOnlyList<HistoryEffect> Effects, string? Playbook);

/// <summary>One campaign; null where nothing was measured yet.</summary>
internal sealed record HistoryCampaign
{
    public required string Campaign { get; init; }

    public required DateOnly Start { get; init; }

    public required DateOnly End { get; init; }

    public required int Customers { get; init; }

    public required bool? IsWhole { get; init; }

    public required bool? IsSound { get; init; }

    public required double? IncrementalMargin { get; init; }

    public required double? Cost { get; init; }
}

/// <summary>What is known of an effect.</summary>
internal sealed record HistoryEffect(string Action, string Kind, EffectBelief Before, IReadOnlyList<HistoryMeasurement> Measured, EffectBelief After);

/// <summary>What a campaign saw of it.</summary>
internal sealed record HistoryMeasurement(string Campaign, double Effect, double StandardError);
