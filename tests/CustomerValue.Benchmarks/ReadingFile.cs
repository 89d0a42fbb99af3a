using System.Text;

namespace CustomerValue.Benchmarks;

/// <summary>A file of purchases like the simulator's, made in seconds: the same bytes for the same numbers.</summary>
internal static class ReadingFile
{
    private static readonly string[] Channels = ["store", "web", "app", "phone"];

    public static void Write(string path, int rows, int customers, bool byDay, bool usual)
    {
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
            ulong draw = Next(ref state);
            long customer = byDay ? (long)(draw % (ulong)customers) : (long)row * customers / rows;
            DateOnly day = first.AddDays(byDay ? (int)(row * 1000L / rows) : (int)(draw % 1000));
            draw = Next(ref state);
            long cents = 100 + (long)(draw % 19_900);
            Span<byte> text = buffer.AsSpan(length);
            System.Text.Unicode.Utf8.TryWrite(text, System.Globalization.CultureInfo.InvariantCulture, $"C{customer:D7},{day:yyyy-MM-dd},", out int written);
            length += written;
            if (usual)
            {
                System.Text.Unicode.Utf8.TryWrite(buffer.AsSpan(length), System.Globalization.CultureInfo.InvariantCulture, $"P{(draw >> 32) % 500:D3},{Channels[(draw >> 48) % 4]},", out written);
                length += written;
            }
            System.Text.Unicode.Utf8.TryWrite(buffer.AsSpan(length), System.Globalization.CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:D2}\n", out written);
            length += written;
        }
        file.Write(buffer, 0, length);
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
