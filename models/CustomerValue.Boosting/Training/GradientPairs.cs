using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>Gradients and hessians as 32-bit whole numbers, times a power of two each, so that their sums are exact in any order.</summary>
/// <remarks>The largest of each takes 30 bits; 2^31 rows still sum within 61 bits.</remarks>
internal sealed unsafe class GradientPairs(int rows) : IDisposable
{
    private const int Bits = 30;

    /// <summary>Bits kept for weights: the rest still holds a derivative in single precision.</summary>
    private const int WeightBits = 5;

    private readonly AlignedBuffer<int> _pairs = new(2L * rows);

    /// <summary>Row r's gradient at 2r, hessian at 2r + 1.</summary>
    public int* Pointer => _pairs.Pointer;

    /// <summary>One unit of a whole-number gradient.</summary>
    public double GradientUnit { get; private set; }

    /// <summary>One unit of a whole-number hessian.</summary>
    public double HessianUnit { get; private set; }

    public void Dispose() => _pairs.Dispose();

    /// <summary>Sets the units from the largest magnitudes; call before <see cref="Store"/>.</summary>
    public void Scale(float largestGradient, float largestHessian)
    {
        GradientUnit = Unit(largestGradient);
        HessianUnit = Unit(largestHessian);
    }

    /// <summary>Stores some rows, reading every <paramref name="step"/>-th derivative, times the row's weight where there are weights, the largest of all rows being <paramref name="heaviest"/>.</summary>
    /// <remarks>Derivatives become whole numbers before they are weighted: rows of equal derivatives and whole-number weights up to 63 sum exactly to what the same rows
    /// repeated would, so that splits that gain equally stay tied.</remarks>
    public void Store(ReadOnlySpan<int> rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians, int step, ReadOnlySpan<float> weights, float heaviest)
    {
        double weightUnit = weights.IsEmpty ? 1 : Math.ScaleB(1, Math.ILogB(heaviest) - WeightBits);
        double g = weightUnit / GradientUnit, h = weightUnit / HessianUnit;
        for (int i = 0, at = 0; i < gradients.Length; i += step, at++)
        {
            Vector128<double> pair = Vector128.Round(Vector128.Create(gradients[i] * g, hessians[i] * h));
            if (!weights.IsEmpty)
                pair = Vector128.Round(pair * (weights[rows[at]] / weightUnit));
            Vector128<long> whole = Vector128.ConvertToInt64Native(pair);
            int* target = _pairs.Pointer + 2L * rows[at];
            target[0] = (int)whole[0];
            target[1] = (int)whole[1];
        }
    }

    private static double Unit(float largest) => largest > 0 ? Math.ScaleB(1, Math.ILogB(largest) + 1 - Bits) : 1;
}
