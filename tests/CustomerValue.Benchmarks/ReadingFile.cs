using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CustomerValue.Simulation;

namespace CustomerValue.Benchmarks;

/// <summary>The big files: the simulator's, which stand customer by customer, and the same kind of lines day by day, as a shop's export has them.</summary>
internal static class ReadingFile
{
    private const int ProbedCustomers = 20_000;

    private static readonly string[] s_channels = ["store", "web", "app", "phone"];

    /// <summary>Simulates as many customers as give about so many rows; returns the file.</summary>
    public static string Simulate(string folder, int rows, bool usual)
    {
        SimulationOptions options = new()
        {
            Customers = ProbedCustomers,
            Columns = usual ? SimulatedColumns.Usual : SimulatedColumns.Minimal,
            Files = SimulationFiles.Transactions,
        };
        long probed = SimulationWriter.Write(folder, options).Rows;
        string file = Path.Combine(folder, "transactions.csv");
        SimulationWriter.Write(folder, options with { Customers = (int)((long)rows * ProbedCustomers / probed) });
        return file;
    }

    /// <summary>Writes so many rows in the order of days, customers at random; returns the file.</summary>
    public static string WriteByDay(string folder, int rows, int customers, bool usual)
    {
        string path = Path.Combine(folder, "transactions.csv");
        using FileStream file = File.Create(path);
        byte[] buffer = new byte[1 << 20];
        int length = Encoding.UTF8.GetBytes(usual ? "customer_id,date,product,channel,amount\n" : "customer_id,date,amount\n", buffer);
        DateOnly first = new(2021, 1, 1);
        ulong state = 20240228;
        for (int row = 0; row < rows; row++)
        {
            if (length > buffer.Length - 128)
            {
                file.Write(buffer, 0, length);
                length = 0;
            }
            long customer = (long)(Next(ref state) % (ulong)customers);
            DateOnly day = first.AddDays((int)(row * 1000L / rows));
            ulong draw = Next(ref state);
            long cents = 100 + (long)(draw % 19_900);
            Utf8.TryWrite(buffer.AsSpan(length), CultureInfo.InvariantCulture, $"C{customer:D7},{day:yyyy-MM-dd},", out int written);
            length += written;
            if (usual)
            {
                Utf8.TryWrite(buffer.AsSpan(length), CultureInfo.InvariantCulture, $"P{(draw >> 32) % 500:D3},{s_channels[(draw >> 48) % 4]},", out written);
                length += written;
            }
            Utf8.TryWrite(buffer.AsSpan(length), CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:D2}\n", out written);
            length += written;
        }
        file.Write(buffer, 0, length);
        return path;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
