using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>Exponentials of a span, four at a time; the tail is padded so that a value's result does not depend on its place.</summary>
internal static class VectorExp
{
    /// <summary>Writes exp(scale * x) for each x; x is held within +-<paramref name="limit"/> first, so that no result overflows.</summary>
    public static void Exp(ReadOnlySpan<double> values, double scale, double limit, Span<double> results)
    {
        int row = 0;
        for (; row <= values.Length - Vector256<double>.Count; row += Vector256<double>.Count)
            Exp(Vector256.Create(values[row..]), scale, limit).CopyTo(results[row..]);
        if (row == values.Length)
            return;
        Span<double> tail = stackalloc double[Vector256<double>.Count];
        tail.Clear();
        values[row..].CopyTo(tail);
        Exp(Vector256.Create<double>(tail), scale, limit).CopyTo(tail);
        tail[..(values.Length - row)].CopyTo(results[row..]);
    }

    private static Vector256<double> Exp(Vector256<double> x, double scale, double limit) =>
        Vector256.Exp(Vector256.Min(Vector256.Max(x, Vector256.Create(-limit)), Vector256.Create(limit)) * scale);

    /// <summary>The scalar twin, for responses: held within the same limit.</summary>
    public static double Exp(double value, double limit) => Math.Exp(Math.Clamp(value, -limit, limit));
}
