using System.Globalization;
using CustomerValue.Data.Windows;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Requests;

namespace CustomerValue.Serving.Predictions;

/// <summary>Says by field path why a call that was read makes no sense as a whole: its day, and histories against that day.</summary>
internal static class PredictionCheck
{
    /// <summary>More reasons than anyone reads.</summary>
    private const int MaxReasons = 20;

    private const double MaxLeastReturn = 1000;

    /// <param name="call">The call.</param>
    /// <param name="errors">What the reader found.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="today">Today.</param>
    /// <param name="withoutPurchase">What to say of a customer who never bought; null where such customers are answered.</param>
    /// <exception cref="ProblemException">The call makes no sense.</exception>
    public static void Check(HistoryCall call, FieldErrors errors, DateOnly asOf, DateOnly today, string? withoutPurchase)
    {
        if (asOf <= ObservationWindow.Earliest)
            errors.Add("as_of", $"found {Day(asOf)}, expected a day after {Day(ObservationWindow.Earliest)}.");
        else if (asOf > today.AddDays(2))
            errors.Add("as_of", $"found {Day(asOf)}, expected at most tomorrow: nobody knows the purchases before a later day.");
        if (call.Reasons is { } reasons and (< 0 or > MaxReasons))
            errors.Add("reasons", string.Create(CultureInfo.InvariantCulture, $"found {reasons}, expected a whole number from 0 to {MaxReasons}."));
        if (call.Language is { } language && !LanguageCode.IsKnown(language))
            errors.Add("language", $"found '{Excerpt.Of(language)}', expected en or zh.");
        if (call.LeastReturn is not (null or >= 0 and <= MaxLeastReturn))
            errors.Add("least_return", FormattableString.Invariant($"found {call.LeastReturn}, expected a number from 0 to {MaxLeastReturn}."));
        for (int i = 0; i < call.Customers.Count && !errors.IsFull; i++)
            CheckHistory(call, i, errors, asOf, withoutPurchase);
        errors.ThrowIfAny();
    }

    private static void CheckHistory(HistoryCall call, int i, FieldErrors errors, DateOnly asOf, string? withoutPurchase)
    {
        CalledCustomer customer = call.Customers[i];
        bool bought = false, sound = true;
        for (int j = 0; j < customer.Count && !errors.IsFull; j++)
        {
            int day = call.Histories.DayNumbers[customer.First + j];
            double amount = call.Histories.Amounts[customer.First + j];
            bought |= amount >= 0;
            sound &= !double.IsNaN(amount) && day != default(DateOnly).DayNumber;
            if (day >= asOf.DayNumber)
                errors.Add($"customers[{i}].transactions[{j}].date", $"found {Day(DateOnly.FromDayNumber(day))}, expected a day before as_of {Day(asOf)}: a forecast knows nothing of its own future; leave the line out or ask with a later as_of.");
        }
        if (customer.Count == 0 && withoutPurchase is not null)
            errors.AddUnlessSaid($"customers[{i}].transactions", withoutPurchase);
        else if (customer.Count > 0 && !bought && sound)
            errors.Add($"customers[{i}].transactions", $"found returns and no purchase before as_of {Day(asOf)}, expected the purchases they belong to as well; add them, or {(withoutPurchase is null ? "give no transactions for a customer who never bought" : "leave the customer out")}.");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
