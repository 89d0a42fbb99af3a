namespace CustomerValue.Simulation;

/// <summary>Draws what a company knows of a customer from the hidden profile: some of it tells, some does not, some is missing.</summary>
internal static class AttributeDraw
{
    private static readonly double[] s_lowTier = [0.70, 0.95, 1.0];
    private static readonly double[] s_middleTier = [0.25, 0.80, 1.0];
    private static readonly double[] s_highTier = [0.10, 0.40, 1.0];
    private static readonly double[] s_leavingAge = [0.45, 0.75, 0.92, 1.0];
    private static readonly double[] s_stayingAge = [0.12, 0.38, 0.70, 1.0];
    private static readonly double[] s_fastWonBy = [0.55, 0.70, 0.80, 1.0];
    private static readonly double[] s_slowWonBy = [0.20, 0.60, 0.90, 1.0];
    private static readonly double[] s_smallHousehold = [0.45, 0.80, 0.92, 0.98, 0.995, 1.0];
    private static readonly double[] s_largeHousehold = [0.10, 0.30, 0.55, 0.85, 0.95, 1.0];

    public static SimulatedCustomer Draw(SimulationOptions options, int customer, in HiddenProfile profile)
    {
        SimulationSegment segment = options.Segments[profile.Core.Segment];
        RandomStream random = new(options.Seed, customer, StreamPurpose.Attributes);

        // Twice the mean rate of 0.01 a day and more is a heavy buyer by segment, half of it a light one.
        double[] tiers = segment.MeanRatePerDay >= 0.03 ? s_highTier : segment.MeanRatePerDay >= 0.015 ? s_middleTier : s_lowTier;
        double meanDropout = options.Dropout == DropoutKind.Lifetime
            ? segment.MeanDropoutPerDay
            : segment.DropoutBetaA / (segment.DropoutBetaA + segment.DropoutBetaB);
        int tier = random.NextByShares(tiers);
        int age = random.NextByShares(profile.Core.Dropout > meanDropout ? s_leavingAge : s_stayingAge);
        int wonBy = random.NextByShares(profile.BaseRate > segment.MeanRatePerDay ? s_fastWonBy : s_slowWonBy);
        if (profile.ReferredBy >= 0)
            wonBy = SimulationVocabulary.ReferralAcquisition;
        int household = 1 + random.NextByShares(profile.WalletShare > 0.4 ? s_smallHousehold : s_largeHousehold);
        int region = random.NextIndex(SimulationVocabulary.Regions.Count);
        int sign = random.NextIndex(SimulationVocabulary.StarSigns.Count);
        return new SimulatedCustomer
        {
            Customer = customer,
            SignupDay = (int)profile.Core.AcquiredDay,
            Tier = OrMissing(ref random, tier),
            AgeBand = OrMissing(ref random, age),
            AcquisitionChannel = OrMissing(ref random, wonBy),
            HouseholdSize = OrMissing(ref random, household),
            EmailOptIn = OrMissing(ref random, profile.OptedIn ? 1 : 0),
            Region = OrMissing(ref random, region),
            StarSign = OrMissing(ref random, sign),
        };

        int OrMissing(ref RandomStream stream, int value) => stream.NextBool(options.MissingShare) ? -1 : value;
    }
}
