using System.Globalization;
using CustomerValue.Reporting.Design;
using CustomerValue.Serving.Models;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Pages.Settings;

/// <summary>What values of a version go by, as names and words.</summary>
internal static class SettingsFacts
{
    public static IReadOnlyList<(string Name, string Value)> Of(ServedModel model, Language language)
    {
        StrategySettings? strategy = model.Strategy?.Settings;
        List<(string, string)> facts =
        [
            ("Version", model.Model.Version),
            ("Days ahead", model.Model.Horizon.Days.ToString(CultureInfo.InvariantCulture)),
            ("Months that count for lifetime value", model.Model.Value.HorizonMonths.ToString(CultureInfo.InvariantCulture)),
            ("Discount rate a year", Readable.Percent(model.Model.Value.AnnualDiscountRate)),
            ("Margin where transactions carry none", Readable.Percent(strategy?.Margins.DefaultRate ?? model.Model.Value.DefaultMarginRate)),
        ];
        if (strategy is not null)
        {
            facts.Add(("Scorecard", strategy.Scorecard.Name));
            facts.Add(("Activities with a rate", (strategy.Rates?.Rates.Count ?? 0).ToString(CultureInfo.InvariantCulture)));
        }
        if (model.Decisions?.Playbook is { } playbook)
        {
            facts.Add(("Actions of the playbook", Readable.Count(playbook.Actions.Count)));
            facts.Add(("Channels", string.Join(", ", playbook.Channels.Select(channel => channel.Name.In(language)))));
        }
        return facts;
    }
}
