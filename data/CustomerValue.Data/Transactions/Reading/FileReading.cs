using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reads one file on several threads; what the blocks gave is taken in the order of the file.</summary>
internal sealed class FileReading(InputFile file, FileLayout layout, ReaderOptions options, RejectedRows rejected, IProgress<StepProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (RowChunk Chunk, int Lines)> _waiting = [];
    private readonly List<RowChunk> _chunks = [];
    private readonly string _phase = $"reading {Path.GetFileName(file.Path)}";
    private int _next;
    private long _line = layout.HeaderLines;
    private long _records;
    private long _rejected;

    /// <summary>Chunks in the order of the file.</summary>
    public IReadOnlyList<RowChunk> Chunks => _chunks;

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="BadDataException">The file is damaged, or has no line of data.</exception>
    public void Read(ParserNames[] names, LineHashing hashing, CancellationToken cancellation)
    {
        BlockSource source = new(file, layout.Rest, layout.Delimiter, options);
        Workers.Run(names.Length, cancellation, (worker, stop) =>
        {
            RowParser rows = new(file.Path, layout.Plan, options, names[worker], worker, hashing);
            BlockParser parser = new(layout.Delimiter, layout.Plan.Names.Length, options.MaxLineBytes, rows);
            Block block = new();
            while (source.Next(block))
            {
                stop.ThrowIfCancellationRequested();
                Take(block.Index, parser.Parse(block), block.Lines);
            }
        });
        if (_records == 0)
            throw new BadDataException($"{file.Path}: found {(layout.Plan.HasHeader ? "a header and no lines below it" : "no lines")}, expected transactions; check how it was exported.");
    }

    public FileSummary Summarise()
    {
        int first = _chunks.Count == 0 ? int.MaxValue : _chunks.Min(chunk => chunk.FirstDay), last = _chunks.Count == 0 ? int.MinValue : _chunks.Max(chunk => chunk.LastDay);
        return new FileSummary(
            file.Path, file.Bytes, file.Compressed, (char)layout.Delimiter, layout.Plan.HasHeader, layout.Plan.Expressions, _records, _rejected,
            first <= last ? DateOnly.FromDayNumber(first) : null, first <= last ? DateOnly.FromDayNumber(last) : null);
    }

    private void Take(int index, RowChunk chunk, int lines)
    {
        lock (_gate)
        {
            _waiting.Add(index, (chunk, lines));
            for (; _waiting.Remove(_next, out (RowChunk Chunk, int Lines) ready); _next++)
            {
                foreach (RowProblem problem in ready.Chunk.Problems)
                    rejected.Add(problem.Reason, () => new RejectedRow(
                        file.Path, _line + problem.Line + 1, problem.Column < 0 ? string.Empty : layout.Plan.Names[problem.Column], problem.Found, problem.Expected));
                _line += ready.Lines;
                _records += ready.Chunk.Records;
                _rejected += ready.Chunk.Problems.Count;
                ready.Chunk.Problems.Clear();
                _chunks.Add(ready.Chunk);
            }
            progress?.Report(new StepProgress(_phase, file.Position, file.Bytes, "bytes"));
        }
    }
}
