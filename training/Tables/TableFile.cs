using System.Globalization;
using System.Text;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Tables;

/// <summary>Predictions or contributions as CSV, one row for each row of the table, numbers in round-trip form.</summary>
internal static class TableFile
{
    /// <summary>Writes the file, replacing an earlier one when whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The table, whose unknown columns come first; a row number where there are none.</param>
    /// <param name="names">Names of the numbers.</param>
    /// <param name="rows">Calls back with each row and its numbers.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, ScoringTable table, IEnumerable<string> names, Action<Action<int, double[]>> rows) => PartialFile.Write(path, stream =>
    {
        string[] numbers = [.. names];
        int[] carried = [.. table.Carried.Where(column => !numbers.Contains(table.Text.Names[column], StringComparer.Ordinal))];
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        IEnumerable<string> first = carried.Length == 0 ? ["row"] : carried.Select(column => table.Text.Names[column]);
        writer.WriteLine(string.Join(',', first.Concat(numbers).Select(Field)));
        StringBuilder line = new();
        rows((row, values) =>
        {
            line.Clear();
            if (carried.Length == 0)
                line.Append(CultureInfo.InvariantCulture, $"{row + 1},");
            foreach (int column in carried)
                line.Append(Field(table.Text.Columns[column][row])).Append(',');
            foreach (double value in values)
                line.Append(CultureInfo.InvariantCulture, $"{value:R},");
            line.Length--;
            writer.WriteLine(line);
        });
    });

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
