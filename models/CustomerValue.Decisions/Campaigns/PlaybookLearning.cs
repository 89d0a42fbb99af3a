using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Decisions.Experiments;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>What is known of one effect of an action.</summary>
/// <param name="Action">The action.</param>
/// <param name="Kind"><c>buying</c> or <c>spend</c>.</param>
/// <param name="Before">What the playbook says.</param>
/// <param name="Campaigns">Campaigns that measured it and are not in the playbook yet, with what each saw.</param>
/// <param name="After">What both say together.</param>
public sealed record EffectKnowledge(string Action, string Kind, EffectBelief Before, IReadOnlyList<(string Campaign, Estimate Seen)> Campaigns, EffectBelief After);

/// <summary>Measured effects become the playbook's: what was assumed, weighed by its width, and what campaigns saw, weighed by theirs.</summary>
public static class PlaybookLearning
{
    private const char Between = ';';

    /// <summary>What is known of every action that a campaign measured. Only whole results of sound experiments count, and each campaign once.</summary>
    public static IReadOnlyList<EffectKnowledge> Know(ActionPlaybook playbook, IEnumerable<CampaignResult> results)
    {
        CampaignResult[] usable = [.. results.Where(result => result.IsWhole && result.IsSound)];
        List<EffectKnowledge> known = [];
        foreach (PlaybookAction action in playbook.Actions)
            foreach ((string kind, EffectKind effectKind) in new[] { ("buying", EffectKind.Buying), ("spend", EffectKind.Spend) })
            {
                if (action.EffectOn(effectKind) is not { } effect)
                    continue;
                string[] counted = effect.Campaign?.Split(Between, StringSplitOptions.TrimEntries) ?? [];
                (string, Estimate)[] seen = [.. usable.Where(result => !counted.Contains(result.Campaign, StringComparer.Ordinal))
                    .SelectMany(result => result.Arms.Where(arm => arm.Action == action.Id).SelectMany(arm => arm.Effects).Where(one => one.Kind == kind)
                        .Select(one => (result.Campaign, new Estimate(one.Effect, one.StandardError))))];
                EffectBelief before = new(effect.Mean, effect.Deviation);
                EffectBelief after = before.Deviation > 0 ? EffectPooling.Update(before, [.. seen.Select(one => one.Item2)]) : before;
                if (seen.Length > 0)
                    known.Add(new EffectKnowledge(action.Id, kind, before, seen, after));
            }
        return known;
    }

    /// <summary>The playbook with what is known, everything else as it was written.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="known">What is known.</param>
    public static byte[] Write(ActionPlaybook playbook, IReadOnlyList<EffectKnowledge> known)
    {
        JsonNode root = JsonNode.Parse(playbook.Content.Span, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!;
        foreach (EffectKnowledge one in known)
        {
            JsonNode effect = root["actions"]!.AsArray().Single(action => action!["id"]!.GetValue<string>() == one.Action)!["effects"]![one.Kind]!;
            string? earlier = effect["campaign"]?.GetValue<string>();
            double mean = Math.Clamp(one.After.Mean, -1, 1), half = Normal.Z90 * one.After.Deviation;
            effect["mean"] = mean;
            effect["low"] = Math.Max(-1, mean - half);
            effect["high"] = Math.Min(1, mean + half);
            effect["source"] = Effect.Measured;
            effect["campaign"] = string.Join($"{Between} ", (earlier is null ? [] : new[] { earlier }).Concat(one.Campaigns.Select(campaign => campaign.Campaign).Distinct()));
        }
        return JsonSerializer.SerializeToUtf8Bytes(root, StoreJson.Options);
    }
}
