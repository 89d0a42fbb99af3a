namespace CustomerValue.Simulation;

/// <summary>What decides whether a customer is there and refers others: cheap to draw again for any customer.</summary>
internal readonly record struct CoreProfile(int Segment, double AcquiredDay, double Dropout, double DeathDay);

/// <summary>The hidden rates and tastes of one customer.</summary>
internal struct HiddenProfile
{
    public CoreProfile Core;
    public double PurchaseRate;
    public double BaseRate;
    public double SpendRate;
    public double Uplift;
    public bool OptedIn;
    public double WalletShare;
    public double CallsPerYear;
    public int FirstCategory;
    public int SecondCategory;
    public int PreferredChannel;
    public int ReferredBy;
    public bool WouldHaveComeAnyway;

    /// <summary>Share of a customer's lines in the favourite category, in the second one; the rest is spread over all.</summary>
    public const double FirstCategoryShare = 0.55;
    public const double SecondCategoryShare = 0.20;

    /// <summary>Share of orders through the preferred channel; the rest is spread over all.</summary>
    public const double PreferredChannelShare = 0.8;

    /// <summary>Mean order value at the start's prices, p / nu.</summary>
    public readonly double MeanOrderValue(SimulationSegment segment) => segment.SpendShape / SpendRate;

    /// <summary>Expected margin per money paid.</summary>
    public readonly double MarginShare(SimulationSegment segment)
    {
        double all = 0;
        for (int category = 0; category < ProductCatalogue.CategoryCount; category++)
            all += ProductCatalogue.CostRatio(category);
        double ratio = FirstCategoryShare * ProductCatalogue.CostRatio(FirstCategory)
            + SecondCategoryShare * ProductCatalogue.CostRatio(SecondCategory)
            + (1 - FirstCategoryShare - SecondCategoryShare) * all / ProductCatalogue.CategoryCount;
        return 1 - ratio * ProductCatalogue.MeanListPerPaid(segment.DiscountShare);
    }
}
