using CustomerValue.Boosting;

namespace CustomerValue.Models.Tables;

/// <summary>How much each feature moves the raw score of each row (exact SHAP values), block after block, and what that comes to.</summary>
public sealed class ContributionTable
{
    private const int RowsABlock = 4096;

    private ContributionTable(ScoringTable table) => MeanAbsolute = new double[table.Model.Features.Count];

    /// <summary>Mean size of a feature's contributions over the rows, in the model's order.</summary>
    public double[] MeanAbsolute { get; }

    /// <summary>Contributions of the row last seen: the features in order, then the start.</summary>
    public double[] Last { get; private set; } = [];

    /// <summary>Reckons the contributions of some rows and hands each row over.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="each">Given the row, its contributions and its prediction.</param>
    /// <param name="cancellation">Looked at before each block.</param>
    public static ContributionTable Of(ScoringTable table, int[] rows, Action<int, double[], double> each, CancellationToken cancellation)
    {
        ContributionTable result = new(table);
        int width = table.Model.ContributionsWidth;
        foreach (int[] block in rows.Chunk(RowsABlock))
        {
            cancellation.ThrowIfCancellationRequested();
            BoostingData data = table.Data.Select(block);
            double[] contributions = new double[block.Length * width], responses = new double[block.Length];
            table.Model.Contributions(data, contributions);
            table.Model.Predict(data, responses);
            for (int i = 0; i < block.Length; i++)
            {
                result.Last = contributions[(i * width)..((i + 1) * width)];
                for (int feature = 0; feature < result.MeanAbsolute.Length; feature++)
                    result.MeanAbsolute[feature] += Math.Abs(result.Last[feature]) / rows.Length;
                each(block[i], result.Last, responses[i]);
            }
        }
        return result;
    }
}
