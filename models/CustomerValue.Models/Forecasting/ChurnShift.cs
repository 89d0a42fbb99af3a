namespace CustomerValue.Models.Forecasting;

/// <summary>How far everyone's log-odds of churn move where purchases stand at another level: no purchase in h days becomes as likely as in h times that level, n to the power of it.</summary>
/// <remarks>Solved at a few levels, straight between them.</remarks>
internal sealed class ChurnShift
{
    private const double Reach = 3, Step = 0.75;
    private readonly double[] _shifts;

    public ChurnShift(PriorView view)
    {
        _shifts = new double[(int)(2 * Reach / Step) + 1];
        for (int i = 0; i < _shifts.Length; i++)
            _shifts[i] = At(view, Step * i - Reach);
    }

    /// <summary>The shift at one level, without a step between two.</summary>
    public static double At(PriorView view, double level)
    {
        double power = Math.Exp(level), none = 0;
        foreach (double probability in view.NoPurchase)
            none += Math.Pow(probability, power);
        return Level.LogitShift(view.ChurnLogits(), none);
    }

    /// <summary>The shift at a level of purchases, in log.</summary>
    public double Of(double level)
    {
        double position = (Math.Clamp(level, -Reach, Reach) + Reach) / Step;
        int below = Math.Min((int)position, _shifts.Length - 2);
        return _shifts[below] + (position - below) * (_shifts[below + 1] - _shifts[below]);
    }
}
