using System.Globalization;
using System.IO.Compression;

namespace CustomerValue.Boosting.Tests;

/// <summary>Public tables of one row a customer.</summary>
internal static class RealTables
{
    /// <summary>Telecom contracts: 7,043 customers, 19 features, churn.</summary>
    public static TrainingRows Telco() => Read(ReferenceData.File("telco_churn", "telco_customer_churn.csv.gz"),
        "Churn", "Yes", ["customerID"], ["tenure", "MonthlyCharges", "TotalCharges", "SeniorCitizen"]);

    /// <summary>A randomised e-mail test: 64,000 customers, nine features, visit within two weeks.</summary>
    public static TrainingRows Hillstrom() => Read(ReferenceData.File("hillstrom_email", "hillstrom_email.csv.gz"),
        "visit", "1", ["conversion", "spend"], ["recency", "history", "mens", "womens", "newbie"]);

    /// <summary>The same table with level codes as plain numbers, for settings that both sides must read alike.</summary>
    public static TrainingRows AsNumbers(this TrainingRows rows) =>
        rows with { Data = new([.. rows.Data.Columns.Select((column, i) => FeatureColumn.Numeric($"f{i}", column.Values))]) };

    private static TrainingRows Read(string path, string label, string positive, string[] ignored, string[] numeric)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        List<string[]> rows = [];
        while (reader.ReadLine() is { } line)
            rows.Add(line.Split(','));
        List<FeatureColumn> columns = [];
        for (int i = 0; i < header.Length; i++)
        {
            int column = i;
            if (header[i] == label || ignored.Contains(header[i]))
                continue;
            columns.Add(numeric.Contains(header[i])
                ? FeatureColumn.Numeric(header[i], rows.Select(row => float.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN).ToArray())
                : FeatureColumn.Categorical(header[i], rows.ConvertAll(row => (string?)row[column])));
        }
        int labelColumn = Array.IndexOf(header, label);
        return new(new(columns), rows.Select(row => row[labelColumn] == positive ? 1f : 0f).ToArray());
    }
}
