namespace CustomerValue.Decisions.Tests.Experiments;

/// <summary>Random draws of a seeded source.</summary>
internal static class Draws
{
    public static double Normal(this Random random)
    {
        double u = 1 - random.NextDouble(), v = random.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }
}
