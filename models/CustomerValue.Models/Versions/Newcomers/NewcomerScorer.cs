using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>Answers for customers who never bought: as if they bought for the first time on the day before the forecast begins.</summary>
/// <remarks>
/// Where training saw newcomers over a whole horizon, their outcomes answer; else the buy-till-you-die prior's new customer does, whose purchases are
/// counted out and each worth the base's expected money.
/// </remarks>
internal sealed class NewcomerScorer(string version, ScoringRecipe recipe, IPriorModel? prior, Func<DateOnly, LifetimeValue> valueAt)
{
    private const int MostPurchases = 1000;

    private static readonly PurchaseHistory s_justCame = new(0, 0, 0);

    /// <summary>Whether there is anything to answer from.</summary>
    public bool CanAnswer => recipe.Newcomers is not null || prior is not null;

    private double PerPurchase => prior?.ExpectedRepeatSpend(0, 0) ?? 0;

    /// <exception cref="InvalidOperationException">There is nothing to answer from.</exception>
    public CustomerPrediction Score(string customerId, CustomerAttributes? attributes, DateOnly asOf)
    {
        NewcomerCohort cohort = recipe.Newcomers?.Find(customerId, attributes) ?? ByPrior();
        double lifetime = valueAt(asOf).Of(0, 0, 0, PerPurchase, cohort.ExpectedSpend, recipe.Margins.Base);
        double never = prior?.ProbabilityOfNoPurchase(s_justCame, recipe.Value.HorizonMonths * DaysIn.MeanMonth) ?? cohort.ChurnProbability;
        double next = prior is null ? double.PositiveInfinity : Coherence.DaysToNextPurchase(cohort.ChurnProbability, prior, s_justCame, recipe.HorizonDays);
        (double low, double high) = (Lifetime(0.1, never, lifetime, cohort), Lifetime(0.9, never, lifetime, cohort));
        return new CustomerPrediction
        {
            CustomerId = customerId,
            AsOf = asOf,
            HorizonDays = recipe.HorizonDays,
            ChurnProbability = cohort.ChurnProbability,
            ProbabilityAlive = prior is null ? 1 - cohort.ChurnProbability
                : Coherence.ProbabilityAlive(cohort.ChurnProbability, prior.ProbabilityAlive(s_justCame), prior.ProbabilityOfNoPurchase(s_justCame, recipe.HorizonDays)),
            ExpectedPurchases = Math.Max(cohort.ExpectedPurchases, 1 - cohort.ChurnProbability),
            ExpectedSpend = cohort.ExpectedSpend,
            SpendP10 = Spend(0.1, cohort),
            SpendP50 = Spend(0.5, cohort),
            SpendP90 = Spend(0.9, cohort),
            LifetimeValue = lifetime,
            LifetimeValueP10 = Math.Min(low, high),
            LifetimeValueP90 = Math.Max(low, high),
            NextPurchase = next <= ScoredCustomers.MaxNextPurchaseDays ? asOf.AddDays((int)next) : null,
            Overdue = 0,
            Cohort = cohort.Name,
            CohortCustomers = cohort.Customers,
            CohortNote = Note(cohort),
            ModelVersion = version,
        };
    }

    private string Note(NewcomerCohort cohort) => cohort.Customers > 0
        ? FormattableString.Invariant($"No purchase yet: this is what {cohort.Customers:N0} customers did in the {recipe.HorizonDays} days after their first purchase, as if this customer bought for the first time on the day before as_of. That first purchase is not counted.")
        : FormattableString.Invariant($"No purchase yet, and training saw no newcomer for {recipe.HorizonDays} days: this is what {prior!.Name} expects of a customer who buys for the first time on the day before as_of. That first purchase is not counted.");

    private NewcomerCohort ByPrior()
    {
        if (prior is null)
            throw new InvalidOperationException("The model saw no newcomers and has no buy-till-you-die prior.");
        double purchases = prior.ExpectedPurchases(s_justCame, recipe.HorizonDays);
        return new NewcomerCohort($"new customer of {prior.Name}", 0, prior.ProbabilityOfNoPurchase(s_justCame, recipe.HorizonDays), purchases, purchases * PerPurchase);
    }

    private double Spend(double level, NewcomerCohort cohort) => recipe.Newcomers is { } known
        ? known.Spend.Quantile(level, cohort.ChurnProbability, cohort.ExpectedSpend)
        : PurchasesAt(level) * PerPurchase;

    private double Lifetime(double level, double never, double lifetime, NewcomerCohort cohort) =>
        recipe.Intervals?.Lifetime?.Quantile(ActivityGroup.New, level, never, lifetime)
        ?? recipe.Newcomers?.Spend.Quantile(level, never, lifetime)
        ?? (cohort.ExpectedSpend > 0 ? lifetime * Spend(level, cohort) / cohort.ExpectedSpend : 0);

    /// <summary>The smallest count that is not exceeded with a probability of at least <paramref name="level"/>.</summary>
    private int PurchasesAt(double level)
    {
        int count = 0;
        for (double sum = prior!.ProbabilityOfPurchases(s_justCame, recipe.HorizonDays, 0); sum < level && count < MostPurchases; sum += prior.ProbabilityOfPurchases(s_justCame, recipe.HorizonDays, count))
            count++;
        return count;
    }
}
