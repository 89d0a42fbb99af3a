namespace CustomerValue.BuyTillYouDie;

/// <summary>How a model is fitted. The defaults suit everyday use.</summary>
public sealed record FitOptions
{
    /// <summary>Threads that share the likelihood. Default: all processors. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Strength of a Gaussian prior on the logarithms of the parameters, in log-likelihood units. Default 0 (none); allowed 0 to 1,000.</summary>
    /// <remarks>Subtracts <c>Penalty * sum(ln(parameter)^2)</c>, with times measured in mean ages and money in mean spends, so the unit does not matter.</remarks>
    public double Penalty { get; init; }

    /// <summary>Most optimiser iterations from one start. Default 200; allowed 1 to 100,000.</summary>
    public int MaximumIterations { get; init; } = 200;

    /// <summary>Distinct rows on which the fit converges before it is polished on all. Default 10,000; at least 100.</summary>
    public int SampleRows { get; init; } = 10_000;

    internal FitOptions Checked()
    {
        List<string> faults = [];
        if (Threads < 1) faults.Add($"Threads is {Threads}, expected 1 or more");
        if (!(Penalty is >= 0 and <= 1000)) faults.Add(FormattableString.Invariant($"Penalty is {Penalty}, expected 0 to 1,000"));
        if (MaximumIterations is < 1 or > 100_000) faults.Add($"MaximumIterations is {MaximumIterations}, expected 1 to 100,000");
        if (SampleRows < 100) faults.Add($"SampleRows is {SampleRows}, expected 100 or more");
        return faults.Count == 0 ? this : throw new ArgumentException($"The fit options do not hold: {string.Join("; ", faults)}.");
    }
}
