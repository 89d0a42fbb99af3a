using System.Text;
using CustomerValue.Data.Files;

namespace CustomerValue.Simulation;

/// <summary>Writes a simulation as CSV files: UTF-8 without byte order mark, commas, '\n' line ends, invariant numbers, ISO dates.</summary>
public static class SimulationWriter
{
    /// <summary>Simulates and writes; files of the same names are replaced.</summary>
    /// <remarks>
    /// Threads simulate and format blocks of customers; the calling thread writes them in order. Files carry temporary names until all are
    /// complete; a failed or cancelled run removes them and leaves earlier files as they were.
    /// </remarks>
    /// <param name="folder">Where the files go; made if absent.</param>
    /// <param name="options">What to simulate and which files and columns to write.</param>
    /// <param name="progress">Told about a hundred times; may be null.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists all violations.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static SimulationSummary Write(
        string folder, SimulationOptions options, IProgress<SimulationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        SimulationOptionsCheck.ThrowIfInvalid(options);
        cancellation.ThrowIfCancellationRequested();
        SimulationModel model = new(options);
        SimulationTable[] tables = SimulationTable.For(options);
        bool folderIsNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        List<WholeFile> files = [];
        bool published = false;
        try
        {
            foreach (SimulationTable table in tables)
            {
                files.Add(new WholeFile(Path.Combine(folder, table.FileName), FileReaders.Anyone));
                files[^1].Content.Write(Encoding.UTF8.GetBytes(table.Header));
            }
            long[] rows = WriteBlocks(model, tables, files, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            List<SimulatedFile> written = [.. tables.Select((table, i) => new SimulatedFile(Path.Combine(folder, table.FileName), rows[i], files[i].Content.Length))];
            files.ForEach(file => file.Publish());
            published = true;
            return new SimulationSummary(written, options.Customers, options.End, options.HorizonDays);
        }
        finally
        {
            foreach (WholeFile file in files)
                file.Dispose();
            if (!published && folderIsNew && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
    }

    private static long[] WriteBlocks(
        SimulationModel model, SimulationTable[] tables, List<WholeFile> files, IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        TableText text = new(model);
        SimulationReporter reporter = new(model, progress);
        long[] rows = new long[tables.Length];
        IEnumerable<FormattedBlock> blocks = OrderedPipeline.Run(
            model.Blocks, model.Options.Threads, () => new BlockDraw(model), () => new FormattedBlock(tables.Length), Fill, cancellation);
        foreach (FormattedBlock formatted in blocks)
        {
            for (int table = 0; table < tables.Length; table++)
            {
                files[table].Content.Write(formatted.Buffers[table].Written);
                rows[table] += formatted.Buffers[table].Rows;
            }
            reporter.Add(formatted.Block);
        }
        return rows;

        void Fill(BlockDraw draw, FormattedBlock formatted, int index)
        {
            draw.Fill(formatted.Block, index);
            for (int table = 0; table < tables.Length; table++)
            {
                formatted.Buffers[table].Clear();
                tables[table].Write(text, formatted.Block, formatted.Buffers[table]);
            }
        }
    }

    private sealed class FormattedBlock(int tables)
    {
        public CustomerBlock Block { get; } = new();

        public Utf8Buffer[] Buffers { get; } = [.. Enumerable.Range(0, tables).Select(_ => new Utf8Buffer())];
    }
}
