using System.Globalization;
using CustomerValue.MLNet.Files;
using CustomerValue.MLNet.LightGbm.Formulas;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.LightGbm;

/// <summary>A version's champion as ML.NET's model file, in parts that every ML.NET program with Microsoft.ML and Microsoft.ML.LightGbm has.</summary>
/// <remarks>
/// The chain goes from the columns of <see cref="FormulaViews.ToDataView"/> to <c>ChurnProbability</c>, <c>ExpectedPurchases</c> and <c>ExpectedSpend</c>, a <c>Single</c> each. Arithmetic is double precision; trees
/// score in single. Neither writing nor loading it needs LightGBM's native part.
/// </remarks>
public static class ModelZip
{
    /// <summary>Name of the file in a version.</summary>
    public const string FileName = "model.zip";

    /// <summary>What single precision leaves of an answer: the rounding of a raw score, and of the answer itself.</summary>
    public const double Precision = 1e-5;

    /// <summary>Customers that a file is asked for before it counts.</summary>
    private const int TriedCustomers = 200;

    /// <summary>Amounts and purchases so small that they are compared as they are.</summary>
    private const double Least = 1e-6;

    /// <summary>The file.</summary>
    /// <exception cref="NotSupportedException">Trees have another objective than a link of ML.NET's LightGBM can hold.</exception>
    public static byte[] Write(VersionFormulas formulas)
    {
        ArgumentNullException.ThrowIfNull(formulas);
        MLContext context = new(seed: 1);
        TransformerChain<ITransformer> chain = FormulaChain.Of(context, formulas);
        return ZipFile.Write(context, chain, FormulaViews.SchemaOf(formulas));
    }

    /// <summary>The file, loaded again and asked for customers whose answers are known.</summary>
    /// <param name="formulas">The answers.</param>
    /// <param name="snapshot">Customers.</param>
    /// <param name="expected">What the champion says of them.</param>
    /// <exception cref="NotSupportedException">As <see cref="Write(VersionFormulas)"/>.</exception>
    /// <exception cref="InvalidOperationException">The file answers otherwise.</exception>
    public static byte[] Write(VersionFormulas formulas, Snapshot snapshot, Forecast expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        byte[] zip = Write(formulas);
        MLContext context = new();
        ITransformer model = context.Model.Load(new MemoryStream(zip), out DataViewSchema _);
        IDataView scored = model.Transform(context.Data.TakeRows(new[] { snapshot }.ToDataView(formulas), TriedCustomers));
        int row = 0;
        foreach (PipelinePrediction found in context.Data.CreateEnumerable<PipelinePrediction>(scored, reuseRowObject: true))
        {
            if (!Close(found.ChurnProbability, expected.ChurnProbability[row]) || !Close(found.ExpectedPurchases, expected.ExpectedPurchases[row]) || !Close(found.ExpectedSpend, expected.ExpectedSpend[row]))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Customer {row}: the zip gives {found.ChurnProbability}, {found.ExpectedPurchases} and {found.ExpectedSpend}, expected {expected.ChurnProbability[row]}, {expected.ExpectedPurchases[row]} and {expected.ExpectedSpend[row]}."));
            row++;
        }
        return zip;
    }

    private static bool Close(float found, double expected) => Math.Abs(found - expected) <= Precision * Math.Max(Math.Abs(expected), Least);
}
