namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Gauss-Legendre rules on [0, 1].</summary>
internal static class GaussLegendre
{
    private static readonly Rule s_panel = Build(16);

    /// <summary>Nodes and weights on [0, 1].</summary>
    public sealed record Rule(double[] Nodes, double[] Weights);

    /// <summary>The integral over [from, to] by 16 nodes on each of several equal panels.</summary>
    public static double Integrate(double from, double to, int panels, Func<double, double> function)
    {
        double width = (to - from) / panels, sum = 0;
        for (int panel = 0; panel < panels; panel++)
            for (int i = 0; i < s_panel.Nodes.Length; i++)
                sum += s_panel.Weights[i] * function(from + width * (panel + s_panel.Nodes[i]));
        return sum * width;
    }

    /// <summary>The integral over [from, to] of a function of one sign, panels halved until two estimates agree.</summary>
    public static double IntegrateAdaptively(double from, double to, double tolerance, Func<double, double> function)
    {
        const int DeepestHalving = 11;
        double overview = Math.Abs(Integrate(from, to, 4, function));
        return Refine(from, to, Integrate(from, to, 1, function), 0);

        double Refine(double left, double right, double whole, int depth)
        {
            double middle = (left + right) / 2;
            double first = Integrate(left, middle, 1, function), second = Integrate(middle, right, 1, function), both = first + second;
            bool differs = Math.Abs(both - whole) > tolerance * Math.Max(Math.Abs(both), overview);
            return differs && depth < DeepestHalving
                ? Refine(left, middle, first, depth + 1) + Refine(middle, right, second, depth + 1)
                : both;
        }
    }

    /// <summary>The n-point rule, nodes by Newton's method on the Legendre polynomial.</summary>
    public static Rule Build(int n)
    {
        double[] nodes = new double[n], weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            double z = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), slope = 1;
            for (int pass = 0; pass < 8; pass++)
            {
                double current = 1, previous = 0;
                for (int j = 0; j < n; j++)
                    (current, previous) = (((2 * j + 1) * z * current - j * previous) / (j + 1), current);
                slope = n * (z * current - previous) / (z * z - 1);
                z -= current / slope;
            }
            nodes[i] = (1 - z) / 2;
            weights[i] = 1 / ((1 - z * z) * slope * slope);
        }
        return new Rule(nodes, weights);
    }
}
