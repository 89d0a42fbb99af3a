using System.Collections.Concurrent;
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
        private const int BatchRows = 1 << 15;

        private readonly int[] _flat;
        private readonly bool _allFlat;
        private readonly bool[] _direct;
        private readonly ConcurrentBag<ParquetFileReader> _readers = [];

        public ParquetSource(string path)
        {
            Name = path;
            Bytes = new FileInfo(path).Length;
            using FileReader reader = new(path);
            Schema schema = reader.Schema;
            _flat = [.. Enumerable.Range(0, schema.FieldsList.Count).Where(field => ArrowColumns.IsFlat(schema.FieldsList[field].DataType))];
            _allFlat = _flat.Length == schema.FieldsList.Count;
            Columns = [.. _flat.Select(field => schema.FieldsList[field].Name)];
            ParquetFileReader direct = new(path);
            _readers.Add(direct);
            SchemaDescriptor columns = direct.FileMetaData.Schema;
            _direct = [.. Enumerable.Range(0, columns.NumColumns).Select(column => ParquetColumn.Takes(columns.Column(column)))];
            Parts = direct.FileMetaData.NumRowGroups;
        }

        public string Name { get; }

        public string Format => "Parquet";

        public long Bytes { get; }

        public char? Delimiter => DelimitedLine.FieldEnd;

        public IReadOnlyList<string> Columns { get; }

        public int Parts { get; }

        public Stream Open() => ColumnText.Open(this);

        public IEnumerable<ColumnBatch> Read(int part, IReadOnlyList<int> columns) =>
            _allFlat && columns.All(column => _direct[column]) ? ReadDirectly(part, columns) : ReadThroughArrow(part, columns);

        public void Dispose()
        {
            while (_readers.TryTake(out ParquetFileReader? reader))
                reader.Dispose();
        }

        /// <summary>The usual types, out of the library's pages.</summary>
        private IEnumerable<ColumnBatch> ReadDirectly(int part, IReadOnlyList<int> columns)
        {
            ParquetFileReader file = _readers.TryTake(out ParquetFileReader? free) ? free : new ParquetFileReader(Name);
            try
            {
                using RowGroupReader group = file.RowGroup(part);
                long rows = group.MetaData.NumRows;
                ParquetColumn[] readers = [.. columns.Select(column => ParquetColumn.Of(group.Column(column), (int)Math.Min(rows, BatchRows)))];
                try
                {
                    for (long row = 0; row < rows; row += BatchRows)
                    {
                        int wanted = (int)Math.Min(BatchRows, rows - row);
                        yield return Batch(readers, wanted);
                    }
                }
                finally
                {
                    foreach (ParquetColumn reader in readers)
                        reader.Dispose();
                }
            }
            finally
            {
                _readers.Add(file);
            }
        }

        private ColumnBatch Batch(ParquetColumn[] readers, int rows)
        {
            try
            {
                return new ColumnBatch(rows, System.Array.ConvertAll(readers, reader => reader.Read(rows)));
            }
            catch (ParquetException error)
            {
                throw new BadDataException($"{Name}: found a Parquet file that is damaged ({error.Message}), expected a whole one; copy it again.", error);
            }
        }

        /// <summary>Any other type, as Arrow arrays.</summary>
        private IEnumerable<ColumnBatch> ReadThroughArrow(int part, IReadOnlyList<int> columns)
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
            using IArrowArrayStream batches = reader.GetRecordBatchReader(rowGroups: [part], columns: inFile);
            while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
                using (batch)
                    yield return ArrowColumns.Batch(batch, places);
        }
    }
}
