using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>Values everyone known a year before a cutoff by what was known then, and sets that beside what the year brought.</summary>
/// <remarks>
/// Everything that lifetime value is made of is learnt again from what lies before that day: the prior and its level, the season, purchases on its clock, earlier years, intervals.
/// The forecast of the first horizon comes from a smaller race than the champion's: the prior, the prior at the level of the base, trees from the prior, learnt once, and their blend, trees at their usual share,
/// since the whole race would cost as much again. The year ends at the cutoff, so that nothing after it is looked at either.
/// </remarks>
public static class LifetimeBacktester
{
    private const int Months = 12;

    /// <summary>Days that must be known before the day: half a year, and two horizons, so that there is a past origin to learn the level of the base from.</summary>
    private const int LeastHistoryDays = 183;

    /// <summary>Who runs beside the prior, and who of them at past origins too.</summary>
    private static readonly string[] s_entrants = ["seasonal-prior", "prior-boosted", Blend.CandidateName], s_rehearsed = ["seasonal-prior"];

    /// <summary>Nothing is taken off for time or cost, so that the value is the spend that is to come.</summary>
    private static readonly ValueOptions s_spend = new() { HorizonMonths = Months, AnnualDiscountRate = 0, DefaultMarginRate = 1 };

    /// <summary>Values and measures.</summary>
    /// <param name="input">What the race was run on; nothing on or after its cutoff is looked at.</param>
    /// <param name="entrants">Who ran in it.</param>
    /// <param name="progress">Hears that it is done.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    public static LifetimeBacktest Run(RaceInput input, CandidateCatalogue entrants, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        DateOnly day = input.Cutoff.AddDays(-DaysIn.Year);
        int history = day.DayNumber - input.Log.FirstDay.DayNumber, least = Math.Max(LeastHistoryDays, 2 * input.Horizon.Days);
        LifetimeBacktest backtest = new() { Day = day, HistoryDays = Math.Max(0, history) };
        if (history < least)
            return backtest with { WhyNot = TooShort(input, least) };
        progress?.Report(new StepProgress("valuing customers as of a year ago", 0, null, "customers"));
        RaceInput then = input.AsOf(day);
        if (entrants.Prior is not { } prior || !prior.CanFit(then.Builder.Build(then.Log, then.Attributes, then.Window, cancellation)))
            return backtest with { WhyNot = $"Lifetime values could not be set beside what came of them: {(entrants.Prior is null ? "no buy-till-you-die model ran" : FormattableString.Invariant($"nobody of those known on {day:yyyy-MM-dd} had bought again by then"))}." };
        RaceResult race = Smaller(entrants).Run(then, null, cancellation);
        int before = Math.Min(history, DaysIn.Year);
        double[] came = Spend(day, DaysIn.Year), lastYear = Spend(day.AddDays(-before), before);
        return came.Sum() > 0
            ? backtest with { Figures = Measure(then, race, came, lastYear, cancellation) }
            : backtest with { WhyNot = FormattableString.Invariant($"Lifetime values could not be set beside what came of them: those who were known on {day:yyyy-MM-dd} brought no money in the year from it.") };

        double[] Spend(DateOnly from, int days) => OutcomeTable.Compute(then.Log, new ObservationWindow(from, days), race.Latest.Aggregates.Population, then.Builder.Returns, cancellation: cancellation).Spend.ToArray();
    }

    /// <summary>The race in small; at past origins without trees.</summary>
    internal static Race Smaller(CandidateCatalogue entrants)
    {
        CandidateCatalogue few = entrants.Only([.. entrants.Trainers.Select(trainer => trainer.Name).Intersect(s_entrants)]);
        return new Race(few) { Rehearsals = few.Only([.. few.Trainers.Select(trainer => trainer.Name).Intersect(s_rehearsed)]) };
    }

    private static LifetimeFigures Measure(RaceInput then, RaceResult race, double[] came, double[] lastYear, CancellationToken cancellation)
    {
        ScoringRecipe recipe = ScoringRecipe.Of(then, race, s_spend) with { Margins = new MarginRates(1, 0, Known: false) };
        ScoredCustomers scored = new ScoringModel("unpublished", recipe, then.Builder.Catalogue, then.Builder.Schema, race.Champion, race.Prior) { Said = race.Said }
            .Score(race.Latest, 0, then.Threads, cancellation);
        return new LifetimeFigures
        {
            Customers = scored.Count,
            IsSample = then.IsSample,
            Model = race.Champion.Name,
            Came = came.Sum(),
            Value = LifetimeErrors.Measure(scored.LifetimeValue, came),
            LastYear = LifetimeErrors.Measure(lastYear, came),
            Coverage = scored.LifetimeValueP10.Length == 0 ? null : GroupCoverage.Measure("all", scored.LifetimeValueP10, scored.LifetimeValueP90, Nothing(race, scored.ExpectedSpend), came),
            Deciles = Deciles.Table(scored.LifetimeValue, came),
        };
    }

    /// <summary>How likely the year was to bring nothing, customer by customer: what happened in their group where such a probability was stated.</summary>
    private static double[] Nothing(RaceResult race, double[] expectedSpend)
    {
        Snapshot latest = race.Latest;
        LongRun longRun = race.LongRun!;
        double weeks = longRun.Season.Days(latest.Window.Cutoff, 0, Months * DaysIn.MeanMonth) / DaysIn.Week;
        double[] nothing = new double[latest.Count];
        for (int i = 0; i < nothing.Length; i++)
        {
            double x = latest.Aggregates.X[i], age = latest.Aggregates.T[i];
            ActivityGroup group = race.Intervals!.Spend.GroupOf(x, age, expectedSpend[i], latest.Window.Horizon);
            double never = longRun.Purchases.ProbabilityOfNoPurchase(longRun.History(latest.Window.Cutoff, x, latest.Aggregates.Tx[i], age), weeks);
            nothing[i] = race.Intervals.Lifetime!.Groups[(int)group].ZeroProbability(never);
        }
        return nothing;
    }

    private static string TooShort(RaceInput input, int least)
    {
        DateOnly first = input.Log.FirstDay, cutoff = first.AddDays(least + DaysIn.Year);
        return FormattableString.Invariant($"Lifetime values cannot be set beside what came of them yet: that takes {least} days of transactions before a day and a whole year from it to the cutoff, and there are {Math.Max(0, input.Cutoff.DayNumber - first.DayNumber)} days in all before {input.Cutoff:yyyy-MM-dd}. ")
            + FormattableString.Invariant($"Versions with a cutoff from {cutoff:yyyy-MM-dd} on will have it, which is once there are transactions to {cutoff.AddDays(input.Horizon.Days - 1):yyyy-MM-dd} where the last {input.Horizon} are kept to measure on.");
    }
}
