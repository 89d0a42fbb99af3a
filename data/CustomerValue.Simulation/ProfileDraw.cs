namespace CustomerValue.Simulation;

/// <summary>Draws hidden profiles and finds referrers. A customer's profile depends on seed, options and its number alone.</summary>
internal sealed class ProfileDraw
{
    private const int CandidatesAsked = 6;
    private const double CameAnywayShare = 0.3;
    private const double OtherSegmentAcceptance = 0.5;
    private static readonly double[] s_channelCumulative = [0.5, 0.75, 0.82, 1.0];
    private readonly SimulationOptions _options;
    private readonly SimulationCalendar _calendar;
    private readonly double[] _segmentCumulative;

    public ProfileDraw(SimulationOptions options, SimulationCalendar calendar)
    {
        _options = options;
        _calendar = calendar;
        double total = 0;
        foreach (SimulationSegment segment in options.Segments)
            total += segment.Share;
        _segmentCumulative = new double[options.Segments.Count];
        double sum = 0;
        for (int i = 0; i < _segmentCumulative.Length; i++)
            _segmentCumulative[i] = (sum += options.Segments[i].Share) / total;
    }

    public CoreProfile DrawCore(int customer)
    {
        RandomStream random = new(_options.Seed, customer, StreamPurpose.Core);
        int index = random.NextByShares(_segmentCumulative);
        SimulationSegment segment = _options.Segments[index];
        double acquired = _calendar.AcquiredAt(random.NextUniform());
        if (_options.Dropout == DropoutKind.AfterOrder)
            return new CoreProfile(index, acquired, random.NextBeta(segment.DropoutBetaA, segment.DropoutBetaB), double.PositiveInfinity);

        double rate = random.NextGamma(segment.DropoutShape) / segment.DropoutShape * segment.MeanDropoutPerDay;
        return new CoreProfile(index, acquired, rate, acquired + random.NextExponential() / rate);
    }

    public HiddenProfile Draw(int customer)
    {
        CoreProfile core = DrawCore(customer);
        SimulationSegment segment = _options.Segments[core.Segment];
        RandomStream random = new(_options.Seed, customer, StreamPurpose.Profile);
        HiddenProfile profile = default;
        profile.Core = core;
        // A rate of exactly 0 would make gaps infinite times 0; one order in a million years is as good.
        profile.BaseRate = Math.Max(random.NextGamma(segment.RateShape) / segment.RateShape * segment.MeanRatePerDay, 1e-9);
        // nu ~ Gamma(q, gamma) with gamma from the mean: E[p / nu] = p gamma / (q - 1).
        double gamma = segment.MeanOrderValue * (segment.SpendTail - 1) / segment.SpendShape;
        profile.SpendRate = random.NextGamma(segment.SpendTail) / gamma;
        profile.OptedIn = random.NextBool(0.6);
        profile.Uplift = Math.Max(segment.Uplift * (profile.OptedIn ? 1.4 : 0.4), -0.9);
        profile.WalletShare = random.NextBeta(6 * segment.WalletShare, 6 * (1 - segment.WalletShare));
        profile.WalletShare = Math.Max(profile.WalletShare, 0.01);
        profile.CallsPerYear = random.NextGamma(1.5) / 1.5 * segment.CallsPerYear;
        profile.FirstCategory = random.NextIndex(ProductCatalogue.CategoryCount);
        profile.SecondCategory = (profile.FirstCategory + 1 + random.NextIndex(ProductCatalogue.CategoryCount - 1)) % ProductCatalogue.CategoryCount;
        profile.PreferredChannel = random.NextByShares(s_channelCumulative);
        profile.PurchaseRate = profile.BaseRate;
        profile.ReferredBy = -1;
        DrawReferrer(customer, ref profile);
        return profile;
    }

    /// <summary>
    /// Asks up to six earlier-numbered customers whether they would have referred this one: they must have ordered before, not have left
    /// (where leaving has a date of its own), be willing by their segment's advocacy, and prefer people of their own segment two to one.
    /// </summary>
    private void DrawReferrer(int customer, ref HiddenProfile profile)
    {
        if (customer == 0 || _options.ReferralShare == 0)
            return;
        RandomStream random = new(_options.Seed, customer, StreamPurpose.Referral);
        if (!random.NextBool(_options.ReferralShare))
            return;

        for (int asked = 0; asked < CandidatesAsked; asked++)
        {
            int candidate = random.NextIndex(customer);
            double draw = random.NextUniform();
            CoreProfile core = DrawCore(candidate);
            double willing = _options.Segments[core.Segment].Advocacy * (core.Segment == profile.Core.Segment ? 1 : OtherSegmentAcceptance);
            if (core.AcquiredDay >= profile.Core.AcquiredDay || core.DeathDay <= profile.Core.AcquiredDay || draw >= willing)
                continue;
            profile.ReferredBy = candidate;
            profile.WouldHaveComeAnyway = random.NextBool(CameAnywayShare);
            profile.PurchaseRate = profile.BaseRate * (1 + _options.ReferralLift);
            return;
        }
    }
}
