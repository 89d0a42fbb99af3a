using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>Sums and differences of cells; lengths are even.</summary>
internal static unsafe class Vectors
{
    public static void Add(long* target, long* source, int length)
    {
        for (int i = 0; i < length; i += Vector128<long>.Count)
            (Vector128.LoadAligned(target + i) + Vector128.LoadAligned(source + i)).StoreAligned(target + i);
    }

    public static void Subtract(long* target, long* source, int length)
    {
        for (int i = 0; i < length; i += Vector128<long>.Count)
            (Vector128.LoadAligned(target + i) - Vector128.LoadAligned(source + i)).StoreAligned(target + i);
    }
}
