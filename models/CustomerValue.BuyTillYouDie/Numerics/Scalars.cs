namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Elementary functions where the plain formula loses digits.</summary>
internal static class Scalars
{
    /// <summary>ln(1 + y) without cancellation for small y.</summary>
    public static double LogOnePlus(double y)
    {
        double sum = 1 + y;
        return sum == 1 ? y : double.IsInfinity(sum) ? sum : Math.Log(sum) - (sum - 1 - y) / sum;
    }

    /// <summary>exp(y) - 1 without cancellation for small y.</summary>
    public static double ExpMinusOne(double y)
    {
        if (Math.Abs(y) > 0.35) return Math.Exp(y) - 1;
        double half = Math.Tanh(y / 2);
        return 2 * half / (1 - half);
    }

    /// <summary>1 / (1 + exp(-y)).</summary>
    public static double Logistic(double y) => 1 / (1 + Math.Exp(-y));

    /// <summary>ln(1 + exp(y)) for any y.</summary>
    public static double SoftPlus(double y) => y > 0 ? y + LogOnePlus(Math.Exp(-y)) : LogOnePlus(Math.Exp(y));
}
