namespace CustomerValue.Simulation;

/// <summary>Walks one customer's orders through the log: a renewal process with Erlang gaps on a clock that runs at the day's weight.</summary>
internal sealed class PurchaseProcess
{
    private readonly double[] _uniforms = new double[8];

    /// <summary>Moments of the orders, in days since the start, the first order included; <see cref="Count"/> of them count.</summary>
    public double[] Moments { get; private set; } = new double[256];

    /// <summary>Orders in the log.</summary>
    public int Count { get; private set; }

    /// <summary>Phases of the unfinished gap that lie before the end; 0 if the customer left.</summary>
    public int Phase { get; private set; }

    /// <summary>When the customer left; infinite if still there at the end.</summary>
    public double DropoutDay { get; private set; }

    /// <summary>Fills the properties for one customer.</summary>
    /// <param name="random">The customer's purchase stream. Draws are used in order of time, so a longer log continues a shorter one.</param>
    /// <param name="profile">Rates.</param>
    /// <param name="regularity">Erlang k.</param>
    /// <param name="kind">How customers leave.</param>
    /// <param name="weights">Rate factor of each day, at least <paramref name="days"/> of them, each positive.</param>
    /// <param name="days">Days in the log.</param>
    public void Run(RandomStream random, in HiddenProfile profile, int regularity, DropoutKind kind, ReadOnlySpan<double> weights, int days)
    {
        double phaseRate = profile.PurchaseRate * regularity;
        double death = profile.Core.DeathDay;
        double now = profile.Core.AcquiredDay;
        Count = 0;
        Phase = 0;
        DropoutDay = death < days ? death : double.PositiveInfinity;
        Add(now);
        while (true)
        {
            double product = 1;
            for (int phase = 0; phase < regularity; phase++)
                product *= _uniforms[phase] = random.NextUniform();
            double gap = -DeterministicMath.Log(product) / phaseRate;

            // Spend the gap day by day: a day offers its weight, the last one the part that is left.
            int day = (int)now;
            double offered = (day + 1 - now) * weights[day];
            double passed = 0;
            while (passed + offered < gap)
            {
                passed += offered;
                if (++day >= days)
                {
                    if (double.IsPositiveInfinity(DropoutDay))
                        Phase = PhaseAfter(passed * phaseRate, regularity);
                    return;
                }

                now = day;
                offered = weights[day];
            }

            now = Math.Min(now + (gap - passed) / weights[day], day + 0.9999999);
            if (now >= death)
                return;
            Add(now);
            if (kind == DropoutKind.AfterOrder && random.NextBool(profile.Core.Dropout))
            {
                DropoutDay = now;
                return;
            }
        }
    }

    private int PhaseAfter(double passed, int regularity)
    {
        double product = 1;
        for (int phase = 0; phase < regularity; phase++)
        {
            product *= _uniforms[phase];
            if (-DeterministicMath.Log(product) > passed)
                return phase;
        }

        return regularity - 1;
    }

    private void Add(double moment)
    {
        if (Count == Moments.Length)
        {
            double[] larger = new double[Count * 2];
            Moments.CopyTo(larger, 0);
            Moments = larger;
        }

        Moments[Count++] = moment;
    }
}
