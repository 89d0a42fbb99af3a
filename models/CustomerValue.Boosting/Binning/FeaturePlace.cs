namespace CustomerValue.Boosting;

/// <summary>Where one feature's bins stand in a <see cref="BinnedMatrix"/>: in a byte column of its own, whose codes are its bins, or in one that it shares.</summary>
/// <remarks>A shared column holds 0 where each of its features is in its usual bin, else the code of the one that is not: no row has two
/// (exclusive feature bundling; Ke et al. 2017, section 4, without their conflicts). A feature's codes follow each other in the order of its bins, the usual one left out.</remarks>
/// <param name="Column">The byte column.</param>
/// <param name="First">The code of its first bin that is not the usual one; in a shared column at least 1.</param>
/// <param name="Codes">How many codes it has.</param>
/// <param name="Usual">The bin of rows without a code of this feature; -1 in a column of its own.</param>
internal readonly record struct FeaturePlace(int Column, int First, int Codes, int Usual)
{
    public bool IsShared => Usual >= 0;

    public static FeaturePlace Alone(int column) => new(column, 0, 0, -1);

    /// <summary>The code of a bin that is not the usual one.</summary>
    public int CodeOf(int bin) => First + (bin < Usual ? bin : bin - 1);

    /// <summary>The feature's bin in a row whose byte is <paramref name="code"/>.</summary>
    public int BinOf(int code)
    {
        if (!IsShared)
            return code;
        int place = code - First;
        return place < 0 || place >= Codes ? Usual : place < Usual ? place : place + 1;
    }

    /// <summary>Lays the feature's own histogram out from that of its shared column.</summary>
    /// <param name="shared">The column's cells: a gradient and a hessian a code.</param>
    /// <param name="gradient">The leaf's sum of gradients; sums are whole numbers, so what is left for the usual bin is what counting would have given.</param>
    /// <param name="hessian">The leaf's sum of hessians.</param>
    /// <param name="bins">The feature's bins, the one for missing values included.</param>
    /// <param name="cells">Receives a gradient and a hessian a bin.</param>
    /// <returns>Whether the leaf has any row outside the usual bin that counts; if not, nothing can be split.</returns>
    public unsafe bool Unbundle(long* shared, long gradient, long hessian, int bins, long* cells)
    {
        new Span<long>(cells, 2 * bins).Clear();
        bool any = false;
        for (int place = 0; place < Codes; place++)
        {
            long* from = shared + 2 * (First + place), to = cells + 2 * (place < Usual ? place : place + 1);
            (to[0], to[1]) = (from[0], from[1]);
            gradient -= from[0];
            hessian -= from[1];
            any |= (from[0] | from[1]) != 0;
        }
        (cells[2 * Usual], cells[2 * Usual + 1]) = (gradient, hessian);
        return any;
    }
}
