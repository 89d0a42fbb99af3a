using System.Globalization;
using System.IO.Compression;

namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>Customers summarised from purchase days: what the models are fitted on and what came after the cutoff.</summary>
internal sealed class CustomerTable
{
    public required double[] X { get; init; }
    public required double[] Tx { get; init; }
    public required double[] T { get; init; }
    public required double[] LogIntervals { get; init; }
    public required double[] MeanSpend { get; init; }
    public required double[] HoldoutPurchases { get; init; }
    public required double[] FirstDay { get; init; }

    public PurchaseHistories Histories => PurchaseHistories.From(X, Tx, T, default, LogIntervals);

    public PurchaseHistory this[int row] => new(X[row], Tx[row], T[row]);

    /// <summary>CDNOW: the 2,357 sampled customers or all 23,570, calibrated on 39 weeks, time in weeks.</summary>
    public static CustomerTable Cdnow(string file)
    {
        bool sample = file.Contains("sample", StringComparison.Ordinal);
        int customer = sample ? 1 : 0, date = sample ? 2 : 1, amount = sample ? 4 : 3;
        return From(Lines("cdnow", file).Skip(1).Select(line => line.Split(','))
            .Select(cells => (cells[customer], DateOnly.Parse(cells[date], CultureInfo.InvariantCulture), double.Parse(cells[amount], CultureInfo.InvariantCulture))),
            new DateOnly(1997, 10, 1), int.MaxValue, 7);
    }

    /// <summary>Summarises purchases to a cutoff; same-day purchases merge, T counts to the day before the cutoff.</summary>
    public static CustomerTable From(IEnumerable<(string Customer, DateOnly Day, double Amount)> purchases, DateOnly cutoff, int horizonDays, double unitDays)
    {
        List<(string Customer, int Day, double Amount)> days = [.. purchases
            .GroupBy(p => (p.Customer, p.Day.DayNumber), (key, rows) => (key.Customer, key.DayNumber, rows.Sum(row => row.Amount)))];
        var customers = days.GroupBy(day => day.Customer)
            .Select(group => group.OrderBy(day => day.Day).ToArray())
            .Where(rows => rows[0].Day < cutoff.DayNumber)
            .OrderBy(rows => int.TryParse(rows[0].Customer, out int id) ? id : 0).ToArray();
        var past = customers.Select(rows => rows.Where(row => row.Day < cutoff.DayNumber).ToArray()).ToArray();
        long end = Math.Min((long)int.MaxValue, (long)cutoff.DayNumber + horizonDays);
        return new CustomerTable
        {
            X = [.. past.Select(rows => rows.Length - 1.0)],
            Tx = [.. past.Select(rows => (rows[^1].Day - rows[0].Day) / unitDays)],
            T = [.. past.Select(rows => (cutoff.DayNumber - 1 - rows[0].Day) / unitDays)],
            LogIntervals = [.. past.Select(rows => rows.Skip(1).Zip(rows, (later, earlier) => Math.Log((later.Day - earlier.Day) / unitDays)).Sum())],
            MeanSpend = [.. past.Select(rows => rows.Length > 1 ? rows.Skip(1).Average(row => row.Amount) : 0)],
            HoldoutPurchases = [.. customers.Select(rows => (double)rows.Count(row => row.Day >= cutoff.DayNumber && row.Day < end))],
            FirstDay = [.. past.Select(rows => (double)rows[0].Day)],
        };
    }

    /// <summary>Lines of a gzipped text file among the real data.</summary>
    public static IEnumerable<string> Lines(params string[] parts)
    {
        using FileStream file = File.OpenRead(ReferenceData.File(parts));
        using StreamReader reader = new(new GZipStream(file, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
