using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>The contributions of <see cref="TreeShap"/> for many rows: what a leaf gives depends on which of its conditions a row meets alone, so it is worked out once for every such pattern.</summary>
/// <remarks>Yang (2021), "Fast TreeSHAP". A table is made by the steps of <see cref="TreeShap"/> and rows add leaves in its order, so both agree to the last bit.</remarks>
internal sealed unsafe class TabledShap
{
    /// <summary>Rows a block: the sums of a leaf's features stay in the first cache.</summary>
    public const int Rows = 256;

    /// <summary>Conditions a leaf up to which a table is worth its making.</summary>
    private const int MostConditions = 8;

    /// <summary>Numbers in all tables of a model: 128 MB.</summary>
    private const long MostNumbers = 1 << 24;

    /// <summary>Rows for each pattern from which on a table is worth its making.</summary>
    private const int RowsAPattern = 2;

    private readonly TreeShap _shap;

    /// <summary>Leaf after leaf, condition after condition: what it gives a row of each pattern.</summary>
    private readonly double[] _table;

    /// <summary>Makes the tables of all leaves.</summary>
    public TabledShap(TreeShap shap)
    {
        _shap = shap;
        _table = new double[SizeOf(shap)];
        TreeShap.Workspace work = shap.NewWorkspace();
        Vector512<double>[][] masks = [.. Enumerable.Range(0, MostConditions).Select(condition => Enumerable.Range(0, 1 << MostConditions - 3).Select(step => MaskOf(step * TreeShap.Lanes, condition)).ToArray())];
        int at = 0;
        for (int leaf = 0; leaf < shap.Leaves; leaf++)
        {
            int conditions = shap.PathOf(leaf).Length, width = Width(conditions);
            for (int step = 0; step < width / TreeShap.Lanes; step++)
            {
                for (int i = 0; i < conditions; i++)
                    work.Meets[i] = masks[i][step];
                shap.Contribute(leaf, work);
                for (int i = 0; i < conditions; i++)
                    work.Parts[i].CopyTo(_table, at + i * width + step * TreeShap.Lanes);
            }
            at += conditions * width;
        }
    }

    /// <summary>Whether so many rows of this model go faster by tables.</summary>
    public static bool IsFor(TreeShap shap, int rows) => shap.Paths.MostConditions <= MostConditions && rows >= RowsAPattern << shap.Paths.MostConditions && SizeOf(shap) <= MostNumbers;

    /// <summary>Working memory of one thread.</summary>
    /// <param name="places">Values a row of contributions.</param>
    public Block NewBlock(int places) => new(places, _shap.MostLevels);

    /// <summary>Contributions of a block of rows.</summary>
    /// <param name="columns">The features' values.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Rows, at most <see cref="Rows"/>.</param>
    /// <param name="block">Receives a column of sums for each place of a row of contributions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Explain(ReadOnlyMemory<float>[] columns, int first, int count, Block block)
    {
        Array.Clear(block.Sums);
        fixed (int* patterns = block.Patterns)
        fixed (double* table = _table, sums = block.Sums)
        {
            double* part = table;
            for (int leaf = 0; leaf < _shap.Leaves; leaf++)
            {
                ReadOnlySpan<LeafPaths.Condition> path = _shap.PathOf(leaf);
                FillPatterns(path, columns, first, count, patterns, block);
                for (int i = 0; i < path.Length; i++, part += Width(path.Length))
                {
                    double* sum = sums + (long)_shap.PlaceOf(leaf, path[i].Feature) * Rows;
                    for (int row = 0; row < count; row++)
                        sum[row] += part[patterns[row]];
                }
            }
        }
    }

    /// <summary>Which conditions each row meets: a bit a condition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPatterns(ReadOnlySpan<LeafPaths.Condition> path, ReadOnlyMemory<float>[] columns, int first, int count, int* patterns, Block block)
    {
        new Span<int>(patterns, count).Clear();
        Span<float> rest = stackalloc float[TreeShap.Lanes];
        for (int i = 0; i < path.Length; i++)
        {
            ReadOnlySpan<float> column = columns[path[i].Feature].Span.Slice(first, count);
            if (path[i].Set != TreeNode.NoSet)
            {
                int levels = _shap.FillLevels(path[i], block.Levels), missing = path[i].MissingFits ? 1 : 0;
                for (int at = 0; at < count; at++)
                    patterns[at] |= (column[at] >= 0 && column[at] < levels ? block.Levels[(int)column[at]] : missing) << i;
                continue;
            }
            Vector256<int> bit = Vector256.Create(1 << i);
            int row = 0;
            for (; row + TreeShap.Lanes <= count; row += TreeShap.Lanes)
                (Vector256.Load(patterns + row) | (_shap.Fits(path[i], Vector256.Create(column.Slice(row, TreeShap.Lanes))) & bit)).Store(patterns + row);
            if (row == count)
                continue;
            column[row..].CopyTo(rest);
            Vector256<int> fits = _shap.Fits(path[i], Vector256.Create<float>(rest)) & bit;
            for (int lane = 0; row + lane < count; lane++)
                patterns[row + lane] |= fits[lane];
        }
    }

    /// <summary>Patterns of so many conditions, filled up to whole steps.</summary>
    private static int Width(int conditions) => Math.Max(1 << conditions, TreeShap.Lanes);

    private static long SizeOf(TreeShap shap)
    {
        long numbers = 0;
        for (int leaf = 0; leaf < shap.Leaves; leaf++)
            numbers += (long)shap.PathOf(leaf).Length * Width(shap.PathOf(leaf).Length);
        return numbers;
    }

    private static Vector512<double> MaskOf(int first, int condition)
    {
        Span<long> bits = stackalloc long[TreeShap.Lanes];
        for (int lane = 0; lane < bits.Length; lane++)
            bits[lane] = ((first + lane) >> condition & 1) == 0 ? 0 : -1;
        return Vector512.Create<long>(bits).AsDouble();
    }

    /// <summary>What one thread works on: patterns of its rows, and a column of sums for each place.</summary>
    internal sealed class Block(int places, int mostLevels)
    {
        /// <summary>1 for each level of a feature that fits.</summary>
        public int[] Levels { get; } = new int[mostLevels];

        public int[] Patterns { get; } = new int[Rows];

        public double[] Sums { get; } = new double[places * Rows];
    }
}
