namespace CustomerValue.Strategy.Numerics;

/// <summary>The k-th smallest of many numbers in linear time.</summary>
internal static class Quickselect
{
    /// <summary>The number at a rank counted from 0; the span is reordered.</summary>
    /// <remarks>Hoare (1961), with the median of three as pivot.</remarks>
    public static double Smallest(Span<double> values, int rank)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            double a = values[low], b = values[(low + high) / 2], c = values[high];
            double pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }
            if (rank <= j)
                high = j;
            else if (rank >= i)
                low = i;
            else
                break;
        }
        return values[rank];
    }
}
