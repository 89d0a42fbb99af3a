using System.CommandLine;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Campaigns;

/// <summary><c>campaign</c>: from a segment to a proof of what it earned.</summary>
internal static class CampaignCommand
{
    public static Command Create() => new("campaign", "Plan campaigns with control groups, hand out their lists, measure what they earned, and let the playbook learn.")
    {
        new CampaignPlanVerb(),
        new CampaignMatrixVerb(),
        new CampaignExportVerb(),
        new CampaignResultVerb(),
        new CampaignHistoryVerb(),
    };

    /// <summary>Where campaigns are kept.</summary>
    public static Option<string> FolderOption() => Opt.Text("--campaigns", "DIR", "Folder of the campaigns.", "models/campaigns");

    /// <summary>A campaign named on the command line.</summary>
    public static Argument<string> NameArgument() => new("NAME") { Description = "The campaign." };

    public static CampaignFolder Folder(ParseResult parse, Option<string> option, CommandEnvironment environment) => new(environment.PathOf(parse.GetValue(option)!));
}
