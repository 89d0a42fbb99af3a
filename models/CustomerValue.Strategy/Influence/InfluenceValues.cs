namespace CustomerValue.Strategy.Influence;

/// <summary>What each customer is credited for those they brought, directly and over several hops, and what is due to those who brought them.</summary>
/// <remarks>
/// <para>A referred customer of value v shares <c>Share max(0, v)</c>. It goes to the direct referrers in proportion to <c>weight 2^(-days / HalfLifeDays)</c>.
/// With d the decay and h the hops, one who receives at hop k keeps <c>1 / (1 + d + ... + d^(h - k))</c> of it and passes the rest to their own referrers in
/// the same way, so that over a full chain each hop gets d times what the hop before it gets; one whom nobody brought, and the last hop, keep all.</para>
/// <para>Nothing is made or lost: the sum of <see cref="Credited"/> is the sum of <see cref="Shared"/>. In a portfolio take a customer's own value, or
/// own - shared + credited; both add up to the sum of own values.</para>
/// <para>In the spirit of Kumar, Petersen and Leone (2010), Driving profitability by encouraging customer referrals, Journal of Marketing 74(5).</para>
/// </remarks>
internal sealed class InfluenceValues
{
    private readonly double[] _credited, _shared;

    private InfluenceValues(double[] credited, double[] shared) => (_credited, _shared) = (credited, shared);

    /// <summary>Influence value by customer, in the currency of the values, 0 or more.</summary>
    public ReadOnlySpan<double> Credited => _credited;

    /// <summary>What of each customer's own value is credited to others.</summary>
    public ReadOnlySpan<double> Shared => _shared;

    /// <summary>Lets values flow over referrals.</summary>
    /// <param name="graph">The referrals.</param>
    /// <param name="values">Own value by customer; one below 0 shares nothing.</param>
    /// <param name="options">Hops, decay, share and half-life.</param>
    /// <exception cref="ArgumentException">There is not one finite value a customer, or an option lies outside its range.</exception>
    public static InfluenceValues Compute(ReferralGraph graph, ReadOnlySpan<double> values, InfluenceOptions? options = null)
    {
        options ??= new InfluenceOptions();
        options.Check();
        if (values.Length != graph.Customers.Count)
            throw new ArgumentException($"There must be a value for each of the {graph.Customers.Count} customers; there are {values.Length}.", nameof(values));

        ReferralEdges edges = graph.Edges;
        double[] parts = Parts(edges, options.HalfLifeDays);
        double[] shared = new double[values.Length], credited = new double[values.Length];
        double[] arriving = new double[values.Length], leaving = new double[values.Length];
        for (int customer = 0; customer < values.Length; customer++)
        {
            if (!double.IsFinite(values[customer]))
                throw new ArgumentException($"A value is a finite number; that of {graph.Customers[customer]} is {values[customer]}.", nameof(values));
            if (edges.Offsets[customer] < edges.Offsets[customer + 1])
                leaving[customer] = shared[customer] = options.Share * Math.Max(0, values[customer]);
        }
        for (int hop = 1; hop <= options.MaxHops; hop++)
        {
            Array.Clear(arriving);
            for (int customer = 0; customer < leaving.Length; customer++)
                if (leaving[customer] > 0)
                    for (int edge = edges.Offsets[customer]; edge < edges.Offsets[customer + 1]; edge++)
                        arriving[edges.Referrers[edge]] += leaving[customer] * parts[edge];
            double passed = Passed(options.Decay, options.MaxHops - hop);
            for (int customer = 0; customer < arriving.Length; customer++)
            {
                bool ends = edges.Offsets[customer] == edges.Offsets[customer + 1];
                leaving[customer] = ends ? 0 : arriving[customer] * passed;
                credited[customer] += arriving[customer] - leaving[customer];
            }
        }
        return new InfluenceValues(credited, shared);
    }

    /// <summary>Share that a receiver passes on with some hops left.</summary>
    private static double Passed(double decay, int hopsLeft)
    {
        double later = 0;
        for (int i = 0; i < hopsLeft; i++)
            later = decay * (1 + later);
        return later / (1 + later);
    }

    /// <summary>Share of each edge among those of its referee.</summary>
    private static double[] Parts(ReferralEdges edges, double halfLifeDays)
    {
        double[] parts = new double[edges.Referrers.Length];
        for (int customer = 0; customer + 1 < edges.Offsets.Length; customer++)
        {
            (int start, int end) = (edges.Offsets[customer], edges.Offsets[customer + 1]);
            if (end - start == 1)
            {
                parts[start] = 1;
                continue;
            }
            // Days count from the nearest referral, so that the powers of two cannot all vanish.
            int nearest = int.MaxValue;
            double sum = 0;
            for (int edge = start; edge < end; edge++)
                nearest = Math.Min(nearest, edges.Days[edge]);
            for (int edge = start; edge < end; edge++)
                sum += parts[edge] = edges.Weights[edge] * Math.Pow(2, -(edges.Days[edge] - nearest) / halfLifeDays);
            for (int edge = start; edge < end; edge++)
                parts[edge] /= sum;
        }
        return parts;
    }
}
