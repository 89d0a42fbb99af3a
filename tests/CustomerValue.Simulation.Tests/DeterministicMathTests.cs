using System.Globalization;

namespace CustomerValue.Simulation.Tests;

public class DeterministicMathTests
{
    // Against Math.*, which is itself within 1 unit in the last place, so 4 + 1 may show.
    private const double Units = 5 * 2.220446049250313e-16;

    [Fact]
    public void Logarithm_agrees_with_the_platform_over_the_whole_range()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.037)
            DeterministicMath.Log(x).Should().BeApproximately(Math.Log(x), Units * Math.Max(Math.Abs(Math.Log(x)), 1e-3), "x is {0:R}", x);
        for (double x = 0.5; x < 2; x += 0.00037)
            DeterministicMath.Log(x).Should().BeApproximately(Math.Log(x), Units * Math.Abs(Math.Log(x)), "x is {0:R}", x);
    }

    [Fact]
    public void Exponential_agrees_with_the_platform_and_saturates()
    {
        for (double x = -707; x < 708; x += 0.0371)
            (DeterministicMath.Exp(x) / Math.Exp(x)).Should().BeApproximately(1, Units, "x is {0:R}", x);
        DeterministicMath.Exp(-800).Should().Be(0);
        DeterministicMath.Exp(800).Should().Be(double.PositiveInfinity);
        DeterministicMath.Exp(0).Should().Be(1);
    }

    [Fact]
    public void Cosine_agrees_with_the_platform()
    {
        for (double turns = -3; turns < 3; turns += 0.00113)
            DeterministicMath.CosineOfTurns(turns).Should().BeApproximately(Math.Cos(2 * Math.PI * turns), 4e-15, "turns are {0:R}", turns);
    }

    [Theory]
    // Bits, not values: these must be the same on every machine.
    [InlineData(3.7, "3FF4EEEE650AE550", "4044394144EEEC81")]
    [InlineData(0.001, "C01BA18A998FFFA0", "3FF0041919B7EE33")]
    public void Bits_are_pinned(double x, string log, string exp)
    {
        BitConverter.DoubleToUInt64Bits(DeterministicMath.Log(x)).ToString("X16", CultureInfo.InvariantCulture).Should().Be(log);
        BitConverter.DoubleToUInt64Bits(DeterministicMath.Exp(x)).ToString("X16", CultureInfo.InvariantCulture).Should().Be(exp);
    }
}
