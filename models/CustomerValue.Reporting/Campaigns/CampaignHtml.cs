using CustomerValue.Decisions.Campaigns;
using CustomerValue.Reporting.Rendering;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Campaigns;

/// <summary>What a campaign earned, as one HTML file: no script, no request, prints on A4.</summary>
public static class CampaignHtml
{
    /// <summary>Draws the page.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="result">Its result.</param>
    /// <param name="language">Its language.</param>
    public static string Render(CampaignPlan plan, CampaignResult result, Language language = Language.English) => StaticPage.Render<CampaignPage>(new Dictionary<string, object?>
    {
        [nameof(CampaignPage.Plan)] = plan,
        [nameof(CampaignPage.Result)] = result,
        [nameof(CampaignPage.Text)] = CampaignText.In(language),
    });
}
