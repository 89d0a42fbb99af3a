using System.Globalization;
using System.IO.Compression;
using CustomerValue.Tests.Support;

namespace CustomerValue.Boosting.Tests;

/// <summary>The telecom contract table: 7,043 customers, 19 features, churn.</summary>
internal static class TelcoTable
{
    private static readonly string[] Numeric = ["tenure", "MonthlyCharges", "TotalCharges", "SeniorCitizen"];

    public static TrainingRows Read()
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(ReferenceData.File("telco_churn", "telco_customer_churn.csv.gz")), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        List<string[]> rows = [];
        while (reader.ReadLine() is { } line)
            rows.Add(line.Split(','));
        List<FeatureColumn> columns = [];
        for (int i = 0; i < header.Length; i++)
        {
            int column = i;
            if (header[i] is "customerID" or "Churn")
                continue;
            columns.Add(Numeric.Contains(header[i])
                ? FeatureColumn.Numeric(header[i], rows.Select(row => float.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN).ToArray())
                : FeatureColumn.Categorical(header[i], rows.ConvertAll(row => (string?)row[column])));
        }
        return new(new(columns), rows.Select(row => row[^1] == "Yes" ? 1f : 0f).ToArray());
    }
}
