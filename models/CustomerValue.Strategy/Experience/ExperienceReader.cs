using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Experience;

/// <summary>Reads experience.csv.</summary>
internal static class ExperienceReader
{
    public static PerceivedValue Read(string path, ExperienceScope scope, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using InputRows rows = new(path, progress, cancellation);
        int id = rows.Require("customer_id", "customer"), day = rows.Require("date", "day"), utility = rows.Require("utility");
        int quality = rows.Require("process_quality", "quality"), price = rows.Require("price"), effort = rows.Require("effort");
        ExperienceCollector collector = new(scope, rows.PlaceOf);
        while (rows.Next())
        {
            ExperienceAnswer answer = new(rows.Name(id), rows.Day(day), rows.RequiredAmount(utility, "a utility"), rows.RequiredAmount(quality, "a process quality"),
                rows.RequiredAmount(price, "a price"), rows.RequiredAmount(effort, "an effort"));
            if (answer.Price + answer.Effort == 0)
                throw rows.Bad(price, "a price or an effort above 0, as value is divided by their sum", "correct one of them or remove the line");
            collector.Add(answer, rows.Line);
        }
        return collector.Build();
    }
}
