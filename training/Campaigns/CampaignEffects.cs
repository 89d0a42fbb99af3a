using CustomerValue.Data.Text;
using CustomerValue.Decisions.Campaigns;

namespace CustomerValue.Training.Campaigns;

/// <summary>Every effect of a result as a line of a table.</summary>
internal static class CampaignEffects
{
    private static readonly string[] s_columns =
        ["campaign", "effect", "arm", "factor", "level", "beside", "other_factor", "other_level", "other_beside", "outcome", "control", "difference", "standard_error", "low", "high", "p_value", "q_value"];

    /// <summary>The file's content.</summary>
    public static byte[] Csv(CampaignResult result)
    {
        using MemoryStream stream = new();
        using (CsvWriter csv = new(stream, s_columns))
        {
            foreach (ArmResult arm in result.Arms)
                foreach (OutcomeEffect outcome in arm.Outcomes)
                    Write(csv, result, "arm", [arm.Arm, null, null, null, null, null, null], outcome);
            foreach (FactorEffect effect in result.Factors)
                foreach (OutcomeEffect outcome in effect.Outcomes)
                    Write(csv, result, effect.OtherFactor is null ? "main" : "interaction", [null, effect.Factor, effect.Level, effect.Beside, effect.OtherFactor, effect.OtherLevel, effect.OtherBeside], outcome);
        }
        return stream.ToArray();
    }

    private static void Write(CsvWriter csv, CampaignResult result, string kind, string?[] names, OutcomeEffect outcome)
    {
        csv.Text(result.Campaign);
        csv.Text(kind);
        foreach (string? name in names)
            csv.Text(name);
        csv.Text(outcome.Outcome);
        foreach (double? value in new double?[] { outcome.Control, outcome.Difference, outcome.StandardError, outcome.Low, outcome.High, outcome.PValue, outcome.QValue })
            csv.Number(value is { } number && double.IsFinite(number) ? number : null);
        csv.EndRow();
    }
}
