using CustomerValue.Data.Files;
using CustomerValue.Data.Text;

namespace CustomerValue.Models.Tables;

/// <summary>Predictions or contributions as CSV, one row for each row of the table.</summary>
public static class TableFile
{
    /// <summary>Writes the file, replacing an earlier one when whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The table, whose unknown columns come first; a row number where there are none.</param>
    /// <param name="names">Names of the numbers.</param>
    /// <param name="rows">Calls back with each row and its numbers.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, ScoringTable table, IEnumerable<string> names, Action<Action<int, double[]>> rows) => WholeFile.Write(path, stream =>
    {
        string[] numbers = [.. names];
        int[] carried = [.. table.Carried.Where(column => !numbers.Contains(table.Text.Names[column], StringComparer.Ordinal))];
        IEnumerable<string> first = carried.Length == 0 ? ["row"] : carried.Select(column => table.Text.Names[column]);
        using CsvWriter csv = new(stream, first.Concat(numbers));
        rows((row, values) =>
        {
            if (carried.Length == 0)
                csv.Whole(row + 1);
            foreach (int column in carried)
                csv.Text(table.Text.Columns[column][row]);
            foreach (double value in values)
                csv.Number(value);
            csv.EndRow();
        });
    });
}
