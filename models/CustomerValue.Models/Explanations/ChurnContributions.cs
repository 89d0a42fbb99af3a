namespace CustomerValue.Models.Explanations;

/// <summary>Additive parts of churn log-odds for a few customers: a base, the buying rhythm, and a column a feature.</summary>
internal sealed class ChurnContributions(int rows)
{
    /// <summary>The same for everyone, up to what a blend's parts do.</summary>
    public double[] Base { get; } = new double[rows];

    /// <summary>The prior's own log-odds: what the history of purchases alone says.</summary>
    public double[] Rhythm { get; } = new double[rows];

    /// <summary>Contributions by feature name, a value a row.</summary>
    public Dictionary<string, double[]> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>The column of a feature, zeros where it is new.</summary>
    public double[] Column(string feature)
    {
        if (!Features.TryGetValue(feature, out double[]? column))
            Features.Add(feature, column = new double[rows]);
        return column;
    }

    /// <summary>Adds a share of another model's parts: log-odds mix linearly, so their parts do.</summary>
    public void Add(ChurnContributions part, double weight)
    {
        AddTo(Base, part.Base, weight);
        AddTo(Rhythm, part.Rhythm, weight);
        foreach ((string feature, double[] values) in part.Features)
            AddTo(Column(feature), values, weight);
    }

    /// <summary>Follows a rising map of log-odds: the base becomes what the map makes of it, and each customer's parts are stretched alike so that they add up to what it makes of their sum.</summary>
    public void Move(Func<double, double> curve)
    {
        for (int i = 0; i < Base.Length; i++)
        {
            double parts = Rhythm[i];
            foreach (double[] column in Features.Values)
                parts += column[i];
            double start = curve(Base[i]), stretch = Math.Abs(parts) > Negligible ? (curve(Base[i] + parts) - start) / parts : 1;
            Base[i] = start;
            Rhythm[i] *= stretch;
            foreach (double[] column in Features.Values)
                column[i] *= stretch;
        }
    }

    private const double Negligible = 1e-12;

    private static void AddTo(double[] sum, double[] values, double weight)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += weight * values[i];
    }
}
