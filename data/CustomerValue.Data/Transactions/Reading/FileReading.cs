using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Recognition;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reads one file on several threads; what the blocks gave is taken in the order of the file.</summary>
internal sealed class FileReading(FileLayout layout, ReaderOptions options, RejectedRows rejected, ReadingWatch? watch, IProgress<StepProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (RowChunk Chunk, int Lines)> _waiting = [];
    private readonly List<RowChunk> _chunks = [];
    private readonly string _phase = $"reading {Path.GetFileName(layout.Source.Name)}{options.PartInWords}";
    private int _next;
    private long _line = layout.HeaderLines;
    private long _records;
    private long _rejected;

    /// <summary>Chunks in the order of the file.</summary>
    public IReadOnlyList<RowChunk> Chunks => _chunks;

    /// <summary>The file and how it is written.</summary>
    public FileLayout Layout => layout;

    /// <summary>The words and currencies met.</summary>
    public FileWords Words { get; } = new();

    /// <summary>Rows of customers whom the share leaves out, by day; null where it holds everyone.</summary>
    public OtherCustomers? Others { get; } = OtherCustomers.Of(options.Share);

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="LogTooLargeException">What is held would not fit the size asked for.</exception>
    /// <exception cref="BadDataException">The file is damaged, or has no line of data.</exception>
    public void Read(ParserNames[] names, LineHashing hashing, CancellationToken cancellation)
    {
        if (layout.Source is IColumnSource columns && hashing == LineHashing.None && layout.Choice.IsIdle && ColumnReading.TryRead(layout, columns, options, names, Others, watch, progress, cancellation) is { } chunks)
        {
            _chunks.AddRange(chunks);
            _records = chunks.Sum(chunk => chunk.Records);
        }
        else
        {
            ReadText(names, hashing, cancellation);
        }
        if (_records == 0)
            throw new BadDataException($"{layout.Source.Name}: found {(layout.Plan.HasHeader ? "a header and no lines below it" : "no lines")}, expected transactions; check how it was exported.");
    }

    private void ReadText(ParserNames[] names, LineHashing hashing, CancellationToken cancellation)
    {
        using InputFile file = InputFile.Open(layout.Source, layout.Sample, layout.DataStart);
        BlockSource source = new(file, [], layout.Delimiter, options);
        Workers.Run(names.Length, cancellation, (worker, stop) =>
        {
            OtherCustomers? others = OtherCustomers.Of(options.Share);
            RowParser rows = new(layout, options, names[worker], worker, hashing, others);
            BlockParser parser = new(layout.Delimiter, layout.Plan.Names.Length, options.MaxLineBytes, rows);
            Block block = new();
            while (source.Next(block))
            {
                stop.ThrowIfCancellationRequested();
                Take(file, block.Index, parser.Parse(block), block.Lines);
            }
            lock (_gate)
            {
                Words.Add(rows);
                Others?.Add(others!);
            }
        });
    }

    public FileSummary Summarise()
    {
        int first = _chunks.Count == 0 ? int.MaxValue : _chunks.Min(chunk => chunk.FirstDay), last = _chunks.Count == 0 ? int.MinValue : _chunks.Max(chunk => chunk.LastDay);
        return new FileSummary
        {
            Path = layout.Source.Name,
            Bytes = layout.Source.Bytes,
            Format = layout.Source.Format,
            Delimiter = (char)layout.Delimiter,
            HasHeader = layout.Plan.HasHeader,
            Columns = layout.Plan.Expressions,
            Lines = _records,
            RejectedLines = _rejected,
            FirstDay = first <= last ? DateOnly.FromDayNumber(first) : null,
            LastDay = first <= last ? DateOnly.FromDayNumber(last) : null,
            Encoding = layout.Sample.Encoding,
            Dates = layout.Dates?.Name ?? YearFirstDate.Instance.Name,
            DateFormat = layout.Dates?.Option ?? YearFirstDate.Instance.Option,
            DecimalSeparator = (char)layout.Separator,
            Export = layout.Export?.Name,
            Examples = layout.Examples,
        };
    }

    private void Take(InputFile file, int index, RowChunk chunk, int lines)
    {
        lock (_gate)
        {
            _waiting.Add(index, (chunk, lines));
            for (; _waiting.Remove(_next, out (RowChunk Chunk, int Lines) ready); _next++)
            {
                foreach (RowProblem problem in ready.Chunk.Problems)
                    rejected.Add(problem.Reason, () => new RejectedRow(
                        layout.Source.Name, _line + problem.Line + 1, problem.Column < 0 ? string.Empty : layout.Plan.Names[problem.Column], problem.Found, problem.Expected));
                _line += ready.Lines;
                _records += ready.Chunk.Records;
                _rejected += ready.Chunk.Problems.Count;
                ready.Chunk.Problems.Clear();
                _chunks.Add(ready.Chunk);
                watch?.Add(ready.Chunk);
            }
            watch?.Check(layout, (double)file.Position / Math.Max(1, file.Bytes));
            progress?.Report(new StepProgress(_phase, file.Position, file.Bytes, "bytes"));
        }
    }
}
