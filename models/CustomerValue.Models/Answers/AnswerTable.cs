using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Answers;

/// <summary>A column of an answer about customers.</summary>
/// <typeparam name="TRow">The record of one customer.</typeparam>
/// <param name="Name">Its name in CSV, and of the property in JSON.</param>
/// <param name="Write">Writes the field.</param>
public sealed record AnswerColumn<TRow>(string Name, Action<IFieldWriter, TRow> Write);

/// <summary>
/// The one list of columns of an answer: files and the customer book are made from it, and the JSON of the same record, in lines and over HTTP, bears the same names. Properties that hold lists
/// of objects are in JSON alone.
/// </summary>
/// <typeparam name="TRow">The record of one customer.</typeparam>
public sealed class AnswerTable<TRow>(params IReadOnlyList<AnswerColumn<TRow>> columns)
{
    private const int CancellationRows = 4096;

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<AnswerColumn<TRow>> Columns { get; } = columns;

    /// <summary>Writes a file, replacing an earlier one when the new one is whole: JSON with one customer a line where the name ends in .json, .jsonl or .ndjson, else CSV.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The customers.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public void Write(string path, IEnumerable<TRow> rows, CancellationToken cancellation) => WholeFile.Write(path, stream =>
    {
        if (Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson")
            WriteLines(stream, rows, cancellation);
        else
            WriteCsv(stream, rows, cancellation);
    });

    private void WriteCsv(Stream stream, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        using CsvWriter csv = new(stream, Columns.Select(column => column.Name));
        foreach ((int index, TRow row) in rows.Index())
        {
            if (index % CancellationRows == 0)
                cancellation.ThrowIfCancellationRequested();
            foreach (AnswerColumn<TRow> column in Columns)
                column.Write(csv, row);
            csv.EndRow();
        }
    }

    private static void WriteLines(Stream stream, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        using StreamWriter lines = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        foreach ((int index, TRow row) in rows.Index())
        {
            if (index % CancellationRows == 0)
                cancellation.ThrowIfCancellationRequested();
            lines.WriteLine(JsonSerializer.Serialize(row, StoreJson.Compact));
        }
    }
}

/// <summary>Words of enumerations as answers have them.</summary>
public static class AnswerWords
{
    /// <summary>The word in kebab-case, as in JSON.</summary>
    public static string Of<TWord>(TWord word) where TWord : struct, Enum => Known<TWord>.Words.TryGetValue(word, out string? known) ? known : Made(word);

    private static string Made<TWord>(TWord word) where TWord : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    /// <summary>The words of an enumeration, made once.</summary>
    private static class Known<TWord> where TWord : struct, Enum
    {
        public static FrozenDictionary<TWord, string> Words { get; } = Enum.GetValues<TWord>().Distinct().ToFrozenDictionary(word => word, Made);
    }
}
