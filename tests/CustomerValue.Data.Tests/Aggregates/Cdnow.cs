using System.Globalization;
using System.IO.Compression;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Tests.Aggregates;

/// <summary>The CDNOW sample and what was published about it.</summary>
internal static class Cdnow
{
    /// <summary>39 weeks of past and 39 weeks of future.</summary>
    public static readonly ObservationWindow Window = new(new DateOnly(1997, 10, 1), 273, new DateOnly(1997, 1, 1));

    public static TransactionLog Sample()
    {
        TransactionLogBuilder builder = new();
        foreach (string[] fields in Rows("cdnow_sample.csv.gz"))
            builder.Add(new Transaction(fields[1], DateOnly.Parse(fields[2], CultureInfo.InvariantCulture), Number(fields[4])));
        return builder.Build();
    }

    /// <summary>x, t_x and T in weeks, mean repeat spend, holdout purchases and sales, by customer.</summary>
    public static Dictionary<string, double[]> Reference() =>
        Rows("reference_predictions_btyd.csv.gz").ToDictionary(fields => fields[0], fields => fields[1..7].Select(Number).ToArray());

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string file)
    {
        using StreamReader text = new(new GZipStream(File.OpenRead(ReferenceData.File("cdnow", file)), CompressionMode.Decompress));
        text.ReadLine();
        while (text.ReadLine() is { } line)
            yield return line.Split(',');
    }
}
