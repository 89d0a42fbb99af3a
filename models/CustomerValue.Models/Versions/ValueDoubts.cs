using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>Says where a lifetime value looks much further ahead than anyone has looked back.</summary>
internal static class ValueDoubts
{
    private const double MostHistories = 4;

    /// <summary>A finding where the value horizon is more than four times the history.</summary>
    public static IReadOnlyList<Finding> Of(RaceInput input, ValueOptions value)
    {
        int history = Math.Max(1, input.Cutoff.DayNumber - input.Log.FirstDay.DayNumber);
        double ahead = value.HorizonMonths * DaysIn.MeanMonth;
        if (ahead <= MostHistories * history)
            return [];
        int months = Math.Max(1, (int)(MostHistories * history / DaysIn.MeanMonth));
        return [new Finding("value-beyond-history", Severity.Warning,
            FormattableString.Invariant($"Lifetime value looks {value.HorizonMonths} months ahead and the history before {input.Cutoff:yyyy-MM-dd} holds {history} days: {ahead / history:0} times as far ahead as was seen, so who leaves and who stays over such a time is the model's assumption alone."),
            FormattableString.Invariant($"Give more history, or a shorter --value-months: {months} at most for {history} days."))];
    }
}
