using CustomerValue.Models.Answers;
using CustomerValue.Models.Explanations;

namespace CustomerValue.Models.Versions;

/// <summary>What is predicted of one customer; files, calls and the customer book say it with these names.</summary>
public sealed record CustomerPrediction
{
    /// <summary>The columns of files, in order.</summary>
    public static AnswerTable<CustomerPrediction> Table { get; } = new(
        new("customer_id", (csv, row) => csv.Text(row.CustomerId)),
        new("as_of", (csv, row) => csv.Day(row.AsOf)),
        new("horizon_days", (csv, row) => csv.Whole(row.HorizonDays)),
        new("churn_probability", (csv, row) => csv.Number(row.ChurnProbability)),
        new("probability_alive", (csv, row) => csv.Number(row.ProbabilityAlive)),
        new("expected_purchases", (csv, row) => csv.Number(row.ExpectedPurchases)),
        new("expected_spend", (csv, row) => csv.Number(row.ExpectedSpend)),
        new("spend_p10", (csv, row) => csv.Number(row.SpendP10)),
        new("spend_p50", (csv, row) => csv.Number(row.SpendP50)),
        new("spend_p90", (csv, row) => csv.Number(row.SpendP90)),
        new("lifetime_value", (csv, row) => csv.Number(row.LifetimeValue)),
        new("lifetime_value_p10", (csv, row) => csv.Number(row.LifetimeValueP10)),
        new("lifetime_value_p90", (csv, row) => csv.Number(row.LifetimeValueP90)),
        new("next_purchase", (csv, row) => csv.Day(row.NextPurchase)),
        new("overdue", (csv, row) => csv.Number(row.Overdue)),
        new("cohort", (csv, row) => csv.Text(row.Cohort)),
        new("cohort_customers", (csv, row) => csv.Whole(row.CohortCustomers)),
        new("cohort_note", (csv, row) => csv.Text(row.CohortNote)),
        new("model_version", (csv, row) => csv.Text(row.ModelVersion)));

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>First day of the forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Probability of no purchase within the horizon.</summary>
    public required double ChurnProbability { get; init; }

    /// <summary>Probability that the customer has not left for good; never <c>1 - churn</c>.</summary>
    public required double ProbabilityAlive { get; init; }

    /// <summary>Expected purchase days within the horizon.</summary>
    public required double ExpectedPurchases { get; init; }

    /// <summary>Expected money within the horizon, net of returns.</summary>
    public required double ExpectedSpend { get; init; }

    /// <summary>Spend that is undercut with probability 10 %; null where the model gives no interval.</summary>
    public required double? SpendP10 { get; init; }

    /// <summary>Median spend.</summary>
    public required double? SpendP50 { get; init; }

    /// <summary>Spend that is exceeded with probability 10 %.</summary>
    public required double? SpendP90 { get; init; }

    /// <summary>Discounted expected margin over the value horizon.</summary>
    public required double LifetimeValue { get; init; }

    /// <summary>Lower end of its 80 % interval; null where the model gives none.</summary>
    public required double? LifetimeValueP10 { get; init; }

    /// <summary>Upper end of its 80 % interval.</summary>
    public required double? LifetimeValueP90 { get; init; }

    /// <summary>Median day of the next purchase; null where it is likelier than not that there is none within ten years.</summary>
    public required DateOnly? NextPurchase { get; init; }

    /// <summary>Days silent over the customer's own mean gap (the base's for one purchase); above 1 the next purchase is late.</summary>
    public required double Overdue { get; init; }

    /// <summary>Newcomers of the training data who answer for a customer who never bought; null for everyone else.</summary>
    public string? Cohort { get; init; }

    /// <summary>How many of them were seen; 0 where the buy-till-you-die prior answers.</summary>
    public int? CohortCustomers { get; init; }

    /// <summary>What is assumed of such a customer, in words.</summary>
    public string? CohortNote { get; init; }

    /// <summary>The version that answers.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>What raised and lowered the churn probability most; filled on request. Together with <c>reasons_base</c> the contributions add up to its log-odds.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>What is the same for everyone, in log-odds of churn; null where no reasons were asked for.</summary>
    public double? ReasonsBase { get; init; }
}
