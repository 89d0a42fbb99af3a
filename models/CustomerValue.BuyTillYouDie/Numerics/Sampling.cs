namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Random draws from the distributions that the models are made of.</summary>
internal static class Sampling
{
    public static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Gamma(shape, 1); Marsaglia and Tsang (2000), small shapes by the power of a uniform.</summary>
    public static double Gamma(double shape, Random random)
    {
        if (shape < 1) return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Normal(random), cube = 1 + c * normal;
            if (cube <= 0) continue;
            double v = cube * cube * cube;
            if (Math.Log(1 - random.NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    public static double Beta(double a, double b, Random random)
    {
        double first = Gamma(a, random), second = Gamma(b, random);
        // Both draws vanish together only for a and b near 0, where the distribution is all at the two ends.
        return first + second > 0 ? first / (first + second) : random.NextDouble() < a / (a + b) ? 1 : 0;
    }
}
