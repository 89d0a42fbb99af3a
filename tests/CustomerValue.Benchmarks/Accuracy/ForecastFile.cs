using System.Globalization;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>Outcomes and all forecasts of one split, a customer a line, so that other ways to combine them can be tried elsewhere.</summary>
internal static class ForecastFile
{
    public static void Write(string path, Holdout holdout, IReadOnlyList<(string Name, bool Naive, Forecast Forecast)> forecasts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using StreamWriter file = new(path);
        file.Write("customer,x,tx,age,purchases,spend");
        foreach ((string name, _, _) in forecasts)
            file.Write($",{name}:churn,{name}:purchases,{name}:spend");
        file.WriteLine();
        for (int i = 0; i < holdout.Snapshot.Count; i++)
        {
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{holdout.Snapshot.Aggregates.CustomerId(i)},{holdout.Snapshot.Aggregates.X[i]},{holdout.Snapshot.Aggregates.Tx[i]},{holdout.Snapshot.Aggregates.T[i]},{holdout.Purchases[i]},{holdout.Spend[i]:R}"));
            foreach ((_, _, Forecast forecast) in forecasts)
                file.Write(string.Create(CultureInfo.InvariantCulture, $",{forecast.ChurnProbability[i]:G7},{forecast.ExpectedPurchases[i]:G7},{forecast.ExpectedSpend[i]:G7}"));
            file.WriteLine();
        }
    }
}
