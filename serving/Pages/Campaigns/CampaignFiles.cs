using CustomerValue.CustomerBook.Work;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Reporting.Campaigns;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Pages.Campaigns;

/// <summary>Files of a campaign: the list of an arm, and the page of its result.</summary>
internal static class CampaignFiles
{
    /// <summary>As <c>campaign export</c> writes it; the control group is on no list, nor is whom nobody may contact by now: they stay in the arm, or it would not be a random draw any more.</summary>
    public static async Task<FileContentHttpResult> List(HttpContext context, CampaignDesk desk, WorkDatabase work, string name, string arm)
    {
        CampaignPlan plan = Plan(desk, name);
        int number = plan.Arms.ToList().FindIndex(1, one => one.Id == arm);
        if (number < 1)
            throw new ProblemException(Missing(name));
        CampaignAssignment assignment = desk.Folder.Assignment(plan);
        HashSet<string> forbidden = [.. await work.UncontactedAsync(context.RequestAborted)];
        byte[] list = ContactList.Csv(plan, assignment, number, desk.Folder.Playbook(plan), Enumerable.Range(0, assignment.Count).Where(i => assignment.Arm[i] == number && !forbidden.Contains(assignment.Ids[i])), null, new PageScope(context).Language);
        await CsvDownload.RecordAsync(context, $"{plan.Name}-{arm}.csv", "list of a campaign");
        return TypedResults.Bytes(list, "text/csv; charset=utf-8", $"{plan.Name}-{arm}.csv");
    }

    public static FileContentHttpResult Report(HttpContext context, CampaignDesk desk, string name)
    {
        CampaignPlan plan = Plan(desk, name);
        CampaignResult result = desk.Folder.Result(plan.Name) ?? throw new ProblemException(Missing(name));
        return WrittenPage.Send(context, CampaignHtml.Render(plan, result, new PageScope(context).Language));
    }

    private static CampaignPlan Plan(CampaignDesk desk, string name)
    {
        try
        {
            return desk.Folder.Plan(name);
        }
        catch (BadDataException)
        {
            throw new ProblemException(Missing(name));
        }
    }

    private static Problem Missing(string name) => new()
    {
        Type = Problems.Prefix + "unknown-campaign",
        Title = "There is no such campaign, list or result.",
        Status = StatusCodes.Status404NotFound,
        Detail = $"Nothing of '{Json.Excerpt.Of(name)}' is in the folder of campaigns; the page of campaigns lists them.",
    };
}
