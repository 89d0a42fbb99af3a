using Apache.Arrow;
using Apache.Arrow.Ipc;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace CustomerValue.Sources.Columnar;

/// <summary>Parquet files, read row group by row group.</summary>
public sealed class ParquetFormat : ITransactionFormat
{
    /// <inheritdoc/>
    public IReadOnlyList<ITransactionSource>? Open(string path, ReadOnlySpan<byte> start, SourceOptions options)
    {
        if (start is not [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..])
            return null;
        try
        {
            return [new ParquetSource(path)];
        }
        catch (ParquetException error)
        {
            throw new BadDataException($"{path}: found a Parquet file that is truncated or damaged ({error.Message}), expected a whole one; copy it again.", error);
        }
    }

    private sealed class ParquetSource : ITextSource, IColumnSource
    {
        private const int BatchRows = 1 << 17;

        private readonly int[] _flat;
        private readonly bool _allFlat;

        public ParquetSource(string path)
        {
            Name = path;
            Bytes = new FileInfo(path).Length;
            using FileReader reader = new(path);
            Schema schema = reader.Schema;
            _flat = [.. Enumerable.Range(0, schema.FieldsList.Count).Where(field => ArrowColumns.IsFlat(schema.FieldsList[field].DataType))];
            _allFlat = _flat.Length == schema.FieldsList.Count;
            Columns = [.. _flat.Select(field => schema.FieldsList[field].Name)];
        }

        public string Name { get; }

        public string Format => "Parquet";

        public long Bytes { get; }

        public char? Delimiter => DelimitedLine.FieldEnd;

        public IReadOnlyList<string> Columns { get; }

        public Stream Open() => ColumnText.Open(this);

        public IEnumerable<ColumnBatch> Read(IReadOnlyList<int> columns)
        {
            using ArrowReaderProperties properties = ArrowReaderProperties.GetDefault();
            properties.UseThreads = true;
            properties.PreBuffer = true;
            properties.BatchSize = BatchRows;
            // Texts come as codes where the file holds them so: most names repeat.
            if (_allFlat)
                foreach (int column in columns)
                    properties.SetReadDictionary(column, true);
            using FileReader reader = new(Name, arrowProperties: properties);
            int[] wanted = [.. columns.Select(column => _flat[column])];
            int[] inFile = [.. wanted.Order()];
            int[] places = [.. wanted.Select(column => System.Array.IndexOf(inFile, column))];
            using IArrowArrayStream batches = reader.GetRecordBatchReader(columns: inFile);
            while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
                using (batch)
                    yield return ArrowColumns.Batch(batch, places);
        }

        public void Dispose()
        {
        }
    }
}
