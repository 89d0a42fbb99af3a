using System.Numerics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>A sum that is rounded once, at the end: it does not depend on the order of its terms, nor on how they are shared out.</summary>
/// <remarks>A fixed-point number over the whole range of a double, in limbs of 32 bits with room for the carries of two thousand million terms.</remarks>
internal sealed class ExactSum
{
    private const int LimbBits = 32, MantissaBits = 52, LowestExponent = -1074, Limbs = 67;
    private const long MantissaMask = (1L << MantissaBits) - 1;
    private const int ExponentMask = 0x7FF;

    private readonly long[] _limbs = new long[Limbs];

    /// <summary>Adds a finite number.</summary>
    public void Add(double term)
    {
        long bits = BitConverter.DoubleToInt64Bits(term);
        int exponent = (int)(bits >> MantissaBits) & ExponentMask;
        ulong mantissa = (ulong)(bits & MantissaMask) | (exponent == 0 ? 0 : 1UL << MantissaBits);
        int shift = Math.Max(exponent, 1) - 1, limb = shift / LimbBits, rest = shift % LimbBits;
        ulong low = mantissa << rest;
        long first = (long)(uint)low, second = (long)(low >> LimbBits), third = rest == 0 ? 0 : (long)(mantissa >> (64 - rest));
        Span<long> limbs = _limbs.AsSpan(limb, 3);
        if (bits < 0)
            (limbs[0], limbs[1], limbs[2]) = (limbs[0] - first, limbs[1] - second, limbs[2] - third);
        else
            (limbs[0], limbs[1], limbs[2]) = (limbs[0] + first, limbs[1] + second, limbs[2] + third);
    }

    /// <summary>Adds another sum.</summary>
    public void Add(ExactSum other)
    {
        for (int limb = 0; limb < Limbs; limb++)
            _limbs[limb] += other._limbs[limb];
    }

    /// <summary>The sum, to the nearest double, ties to even; infinite where no double holds it.</summary>
    public double ToDouble()
    {
        BigInteger sum = BigInteger.Zero;
        for (int limb = Limbs - 1; limb >= 0; limb--)
            sum = (sum << LimbBits) + _limbs[limb];
        BigInteger size = BigInteger.Abs(sum);
        int dropped = (int)Math.Max(0, (long)size.GetBitLength() - (MantissaBits + 1));
        BigInteger kept = size >> dropped, rest = size - (kept << dropped), half = dropped == 0 ? BigInteger.One : BigInteger.One << (dropped - 1);
        if (rest > half || (dropped > 0 && rest == half && !kept.IsEven))
            kept += 1;
        double rounded = Math.ScaleB((double)(ulong)kept, dropped + LowestExponent);
        return sum.Sign < 0 ? -rounded : rounded;
    }
}
