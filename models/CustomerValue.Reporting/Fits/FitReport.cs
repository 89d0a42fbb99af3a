using CustomerValue.BuyTillYouDie;
using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Rendering;

namespace CustomerValue.Reporting.Fits;

/// <summary>A buy-till-you-die model beside what happened: repeat purchases by week, customers by number of repeat purchases, and one customer's P(alive).</summary>
public sealed record FitReport
{
    /// <summary>The fit.</summary>
    public required FitResult<ITransactionModel> Fit { get; init; }

    /// <summary>The word for one unit of time of the parameters, such as <c>week</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>First day of the log.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>First day not looked at by the fit.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Repeat purchases in each whole week from the log's first day on, after the cutoff too, of the customers fitted on.</summary>
    public required IReadOnlyList<TrackedWeek> Weeks { get; init; }

    /// <summary>Customers with 0, 1, ... repeat purchases before the cutoff; the last entry counts that many or more.</summary>
    public required IReadOnlyList<double> ActualFrequencies { get; init; }

    /// <summary>The same as the model expects.</summary>
    public required IReadOnlyList<double> ExpectedFrequencies { get; init; }

    /// <summary>One customer's history.</summary>
    public required CustomerPath Customer { get; init; }

    /// <summary>The report as one HTML file: no script, no request, prints on A4.</summary>
    public string ToHtml() => StaticPage.Render<FitPage>(new Dictionary<string, object?> { [nameof(FitPage.Report)] = this });
}
