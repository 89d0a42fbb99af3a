namespace CustomerValue.Simulation;

/// <summary>The words that indices in simulated rows stand for, as the files spell them.</summary>
public static class SimulationVocabulary
{
    /// <summary>Channels of orders; the first three deliver.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["web", "app", "phone", "store"];

    /// <summary>Product categories; product n belongs to category n modulo eight.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["kitchen", "garden", "toys", "books", "fashion", "electronics", "beauty", "food"];

    /// <summary>Service activities.</summary>
    public static IReadOnlyList<string> Activities { get; } = ["delivery", "return_handling", "call", "complaint"];

    /// <summary>Channels of campaigns; campaign n uses entry n - 1 modulo their number.</summary>
    public static IReadOnlyList<string> CampaignChannels { get; } = ["email", "letter", "phone"];

    /// <summary>Tiers, a noisy proxy of the segment.</summary>
    public static IReadOnlyList<string> Tiers { get; } = ["bronze", "silver", "gold"];

    /// <summary>Age bands.</summary>
    public static IReadOnlyList<string> AgeBands { get; } = ["18-29", "30-44", "45-59", "60+"];

    /// <summary>Where a customer was won.</summary>
    public static IReadOnlyList<string> AcquisitionChannels { get; } = ["search", "social", "affiliate", "event", "referral"];

    /// <summary>Regions.</summary>
    public static IReadOnlyList<string> Regions { get; } = ["north", "east", "south", "west", "centre", "islands"];

    /// <summary>Star signs.</summary>
    public static IReadOnlyList<string> StarSigns { get; } =
        ["aries", "taurus", "gemini", "cancer", "leo", "virgo", "libra", "scorpio", "sagittarius", "capricorn", "aquarius", "pisces"];

    internal const int StoreChannel = 3;
    internal const int ReferralAcquisition = 4;
    internal const int Delivery = 0;
    internal const int ReturnHandling = 1;
    internal const int Call = 2;
    internal const int Complaint = 3;
}
