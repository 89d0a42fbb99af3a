using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What one unit of each currency is worth in the currency of the log.</summary>
internal static class ExchangeRates
{
    /// <summary>Reads a file with the columns currency and rate.</summary>
    /// <exception cref="BadDataException">The file is missing or does not hold rates.</exception>
    public static IReadOnlyDictionary<string, double> Read(string path, string currency)
    {
        if (!File.Exists(path))
            throw new BadDataException($"{path}: found no such file, expected rates of exchange with the columns currency and rate; check the path.");
        Dictionary<string, double> rates = new(StringComparer.Ordinal) { [Currencies.Code(currency)] = 1 };
        string[] lines = File.ReadAllLines(path);
        string[] header = lines.Length == 0 ? [] : FieldText.Split(Encoding.UTF8.GetBytes(lines[0].TrimStart('\uFEFF')), (byte)',');
        (int code, int rate) = (Array.FindIndex(header, name => HeaderNames.Plain(name) == "currency"), Array.FindIndex(header, name => HeaderNames.Plain(name) == "rate"));
        if (code < 0 || rate < 0)
            throw new BadDataException($"{path} line 1: found the columns {string.Join(", ", header)}, expected currency and rate, separated by commas.");
        for (int line = 1; line < lines.Length; line++)
        {
            if (string.IsNullOrWhiteSpace(lines[line]))
                continue;
            string[] fields = FieldText.Split(Encoding.UTF8.GetBytes(lines[line]), (byte)',');
            if (fields.Length != header.Length || !NumberText.TryParse(Encoding.UTF8.GetBytes(fields[rate].Trim()), (byte)'.', out double value) || value <= 0)
                throw new BadDataException($"{path} line {line + 1}: found '{lines[line]}', expected a currency and a rate above 0 such as USD,0.92.");
            rates[Currencies.Code(fields[code])] = value;
        }
        return rates;
    }
}
