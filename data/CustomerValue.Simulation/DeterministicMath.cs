using System.Runtime.CompilerServices;

namespace CustomerValue.Simulation;

/// <summary>Logarithm, exponential and cosine whose every bit is the same on any machine.</summary>
/// <remarks>
/// <see cref="Math"/> calls the platform's C library for these, and two libraries may differ in the last bit; one bit is enough to
/// move a purchase to another day. These use only IEEE 754 additions, multiplications and divisions, which are exact to the bit
/// everywhere, in an order that .NET never contracts to fused multiply-add. Taylor series after range reduction; the error is
/// below 4 units in the last place (tested against <see cref="Math"/>).
/// </remarks>
internal static class DeterministicMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SquareRootOfTwo = 1.4142135623730951;

    /// <summary>Natural logarithm of a positive, normal number.</summary>
    /// <remarks>x = m 2^e with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh(s), s = (m - 1)/(m + 1), |s| at most 0.172.</remarks>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa >= SquareRootOfTwo)
        {
            mantissa *= 0.5;
            exponent++;
        }

        double s = (mantissa - 1) / (mantissa + 1);
        double z = s * s;
        // Two interleaved Horner chains (even and odd powers of z) halve the latency.
        double zz = z * z;
        double even = 1.0 / 3 + zz * (1.0 / 7 + zz * (1.0 / 11 + zz * (1.0 / 15 + zz * (1.0 / 19 + zz * (1.0 / 23)))));
        double odd = 1.0 / 5 + zz * (1.0 / 9 + zz * (1.0 / 13 + zz * (1.0 / 17 + zz * (1.0 / 21))));
        double series = 2 * s + 2 * s * z * (even + z * odd);
        return exponent * Ln2High + (series + exponent * Ln2Low);
    }

    /// <summary>e to the power x; 0 below -708, infinite above 709.</summary>
    /// <remarks>x = k ln 2 + r with |r| at most ln(2)/2; Taylor series of r to the 13th power, then scaling by 2^k.</remarks>
    public static double Exp(double x)
    {
        if (x < -708)
            return 0;
        if (x > 709)
            return double.PositiveInfinity;

        double k = Math.Floor(x * 1.4426950408889634 + 0.5);
        double r = x - k * Ln2High - k * Ln2Low;
        double r2 = r * r;
        double even = 1 + r2 * (1.0 / 2 + r2 * (1.0 / 24 + r2 * (1.0 / 720 + r2 * (1.0 / 40320 + r2 * (1.0 / 3628800 + r2 * (1.0 / 479001600))))));
        double odd = 1 + r2 * (1.0 / 6 + r2 * (1.0 / 120 + r2 * (1.0 / 5040 + r2 * (1.0 / 362880 + r2 * (1.0 / 39916800 + r2 * (1.0 / 6227020800))))));
        double scale = BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
        return (even + r * odd) * scale;
    }

    /// <summary>x to the power y for positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Pow(double x, double y) => Exp(y * Log(x));

    /// <summary>Cosine of an angle given in full turns (1 is 2 pi).</summary>
    /// <remarks>The turn is folded exactly to [0, 1/4], so the Taylor series to the 20th power serves on [0, pi/2].</remarks>
    public static double CosineOfTurns(double turns)
    {
        double fraction = Math.Abs(turns - Math.Floor(turns + 0.5));
        bool negative = fraction > 0.25;
        double angle = (negative ? 0.5 - fraction : fraction) * 6.283185307179586;
        double z = angle * angle;
        double term = 1;
        double sum = 1;
        for (int n = 1; n <= 10; n++)
        {
            term *= -z / ((2 * n - 1) * (2 * n));
            sum += term;
        }

        return negative ? -sum : sum;
    }
}
