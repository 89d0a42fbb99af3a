using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Fits;

namespace CustomerValue.Training.Fit;

/// <summary>Sets a fitted model beside what happened.</summary>
internal static class FitReports
{
    private const int LastFrequency = 10;

    /// <summary>What the plots of a fit show.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="sample">The customers it was fitted on.</param>
    /// <param name="row">The customer whose P(alive) is wanted.</param>
    /// <param name="cancellation">Stops.</param>
    public static FitReport Of(FitResult<ITransactionModel> fit, FitSample sample, int row, CancellationToken cancellation)
    {
        int weeks = Math.Max(1, (sample.Log.LastDay.DayNumber - sample.Log.FirstDay.DayNumber + 1) / DaysIn.Week);
        IReadOnlyList<TrackedWeek> tracked = TrackedWeek.Count(sample.Log, sample.Aggregates.Population, sample.Log.FirstDay, weeks, sample.Cutoff,
            days => fit.Model.ExpectedPurchasesOfNewCustomer(days / sample.Unit.Days));
        cancellation.ThrowIfCancellationRequested();
        return new FitReport
        {
            Fit = fit,
            Unit = sample.Unit.Name,
            FirstDay = sample.Log.FirstDay,
            Cutoff = sample.Cutoff,
            Weeks = tracked,
            ActualFrequencies = Tracking.ActualFrequencies(sample.Histories, LastFrequency),
            ExpectedFrequencies = Tracking.ExpectedFrequencies(fit.Model, sample.Histories, LastFrequency),
            Customer = CustomerPaths.Of(fit.Model, sample, row),
        };
    }
}
