using System.Numerics;
using System.Runtime.CompilerServices;

namespace CustomerValue.Simulation;

/// <summary>What a stream of random numbers is for; each customer has one of each, so that changing one part leaves the others alone.</summary>
internal enum StreamPurpose
{
    Core = 0,
    Profile = 1,
    Referral = 2,
    Campaign = 3,
    Purchase = 4,
    Basket = 5,
    Service = 6,
    Attributes = 7,
}

/// <summary>One reproducible stream of random numbers, addressed by seed, customer and purpose.</summary>
/// <remarks>
/// Generator: xoshiro256++ 1.0 (Blackman and Vigna 2019, "Scrambled linear pseudorandom number generators", public domain).
/// Its state is filled by SplitMix64 (Steele, Lea and Flood 2014; constants of Stafford's variant 13) from the address, so any
/// customer's stream starts without running another's: threads and blocks do not matter.
/// </remarks>
internal struct RandomStream
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;
    private ulong _a, _b, _c, _d;

    public RandomStream(ulong seed, long customer, StreamPurpose purpose)
    {
        ulong state = Mix(seed + Golden) + Golden * (((ulong)customer << 3) + (ulong)purpose);
        state = Mix(state);
        _a = Mix(state += Golden);
        _b = Mix(state += Golden);
        _c = Mix(state += Golden);
        _d = Mix(state + Golden);
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        ulong t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform on the open interval (0, 1): 52 random bits, centred in their cell, so neither end is ever drawn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUniform() => ((NextBits() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>True with the given probability.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextBool(double probability) => NextUniform() < probability;

    /// <summary>Uniform on 0 .. <paramref name="count"/> - 1, by multiplying 64 random bits; the bias is below count / 2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextIndex(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -DeterministicMath.Log(NextUniform());

    /// <summary>Standard normal, by Marsaglia's polar method (1964); the second number of the pair is not kept.</summary>
    public double NextNormal()
    {
        while (true)
        {
            double x = 2 * NextUniform() - 1;
            double y = 2 * NextUniform() - 1;
            double square = x * x + y * y;
            if (square is < 1 and > 0)
                return x * Math.Sqrt(-2 * DeterministicMath.Log(square) / square);
        }
    }

    /// <summary>Gamma with the given shape and scale 1.</summary>
    /// <remarks>Marsaglia and Tsang (2000), "A simple method for generating gamma variables"; shapes below 1 by their note on a + 1.</remarks>
    public double NextGamma(double shape)
    {
        if (shape < 1)
            return NextGamma(shape + 1) * DeterministicMath.Pow(NextUniform(), 1 / shape);

        double d = shape - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal();
            double root = 1 + c * x;
            if (root <= 0)
                continue;
            double v = root * root * root;
            double u = NextUniform();
            double square = x * x;
            if (u < 1 - 0.0331 * square * square
                || DeterministicMath.Log(u) < 0.5 * square + d * (1 - v + DeterministicMath.Log(v)))
                return d * v;
        }
    }

    /// <summary>Beta, as the share of the first of two gammas.</summary>
    public double NextBeta(double a, double b)
    {
        double first = NextGamma(a);
        double second = NextGamma(b);
        return first / (first + second);
    }

    /// <summary>Index drawn by cumulative shares that end at 1.</summary>
    public int NextByShares(ReadOnlySpan<double> cumulative)
    {
        double u = NextUniform();
        int index = 0;
        while (index < cumulative.Length - 1 && u >= cumulative[index])
            index++;
        return index;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
