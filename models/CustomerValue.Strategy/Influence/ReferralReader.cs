using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Influence;

/// <summary>Reads referrals.csv.</summary>
internal static class ReferralReader
{
    public static ReferralGraph Read(string path, ReferralScope scope, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using InputRows rows = new(path, progress, cancellation);
        int referrer = rows.Require("referrer_id", "referrer"), referee = rows.Require("referee_id", "referee"), day = rows.Require("date", "day"), weight = rows.Find("weight");
        ReferralCollector collector = new(scope, rows.PlaceOf);
        while (rows.Next())
            collector.Add(new Referral(rows.Name(referrer), rows.Name(referee), rows.Day(day), rows.Amount(weight, "a weight") ?? 1), rows.Line);
        return collector.Build();
    }
}
