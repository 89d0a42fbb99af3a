using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Columnar;

/// <summary>Arrow files (Feather version 2), plain or compressed by LZ4 or zstd.</summary>
public sealed class ArrowFormat : ITransactionFormat
{
    /// <inheritdoc/>
    public IReadOnlyList<ITransactionSource>? Open(string path, ReadOnlySpan<byte> start, SourceOptions options)
    {
        if (start.StartsWith("FEA1"u8))
            throw new BadDataException($"{path}: found a Feather file of version 1, expected version 2 (an Arrow file); write it again with a newer library.");
        if (!start.StartsWith("ARROW1"u8))
            return null;
        try
        {
            return [new ArrowSource(path)];
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw new BadDataException($"{path}: found an Arrow file that is truncated or damaged ({error.Message}), expected a whole one; copy it again.", error);
        }
    }

    private sealed class ArrowSource : ITextSource, IColumnSource
    {
        private readonly int[] _flat;

        public ArrowSource(string path)
        {
            Name = path;
            Bytes = new FileInfo(path).Length;
            using FileStream file = File.OpenRead(path);
            using ArrowFileReader reader = new(file, new CompressionCodecFactory());
            Schema schema = reader.Schema;
            _flat = [.. Enumerable.Range(0, schema.FieldsList.Count).Where(field => ArrowColumns.IsFlat(schema.FieldsList[field].DataType))];
            Columns = [.. _flat.Select(field => schema.FieldsList[field].Name)];
        }

        public string Name { get; }

        public string Format => "Arrow";

        public long Bytes { get; }

        public char? Delimiter => DelimitedLine.FieldEnd;

        public IReadOnlyList<string> Columns { get; }

        public Stream Open() => ColumnText.Open(this);

        public int Parts => 1;

        public IEnumerable<ColumnBatch> Read(int part, IReadOnlyList<int> columns)
        {
            using FileStream file = File.OpenRead(Name);
            using ArrowFileReader reader = new(file, new CompressionCodecFactory());
            int[] wanted = [.. columns.Select(column => _flat[column])];
            while (reader.ReadNextRecordBatch() is { } batch)
                using (batch)
                    yield return ArrowColumns.Batch(batch, wanted);
        }

        public void Dispose()
        {
        }
    }
}
