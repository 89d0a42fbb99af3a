namespace CustomerValue.Simulation;

/// <summary>Selects customers for campaigns at random, holds back control groups, and raises the rate of the treated.</summary>
internal static class SimulatedCampaign
{
    /// <summary>A customer is known to campaigns from this many days after the first order on.</summary>
    public const int KnownAfterDays = 30;

    /// <summary>Adds the customer's contacts and returns the day weights that apply: the segment's own, or a changed copy in <paramref name="scratch"/>.</summary>
    public static ReadOnlySpan<double> Apply(
        SimulationOptions options, int customer, in HiddenProfile profile, double[] weights, double[] scratch, RowList<SimulatedContact> contacts)
    {
        RandomStream random = new(options.Seed, customer, StreamPurpose.Campaign);
        bool changed = false;
        for (int campaign = 1; campaign <= options.Campaigns; campaign++)
        {
            int day = campaign * options.CampaignEveryDays;
            if (day >= options.Days)
                break;
            bool selected = random.NextBool(options.CampaignTargetShare);
            bool treated = !random.NextBool(options.CampaignControlShare);
            if (!selected || profile.Core.AcquiredDay + KnownAfterDays > day)
                continue;
            contacts.Add(new SimulatedContact(customer, campaign, day, treated));
            if (!treated)
                continue;
            if (!changed)
                weights.CopyTo(scratch, 0);
            changed = true;
            int until = Math.Min(day + options.CampaignEffectDays, scratch.Length);
            for (int d = day; d < until; d++)
                scratch[d] *= 1 + profile.Uplift;
        }

        return changed ? scratch : weights;
    }
}
