using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;
using CustomerValue.Data.Transactions.Recognition;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions;

/// <summary>Reads delimited text, JSON and whatever <see cref="ReaderOptions.Formats"/> know into a <see cref="TransactionLog"/>; several files make one log.</summary>
/// <remarks>
/// Fields may be quoted (RFC 4180), with line ends within quotes. Nothing is dropped silently: see <see cref="ReadSummary"/>. The log, the counts and the
/// rejected lines do not depend on the number of threads. The way from bytes to columns is described in <c>docs/transaction-files.md</c>.
/// </remarks>
public static class TransactionReader
{
    private const int RowsShown = 3;

    /// <summary>Reads the files as one log.</summary>
    /// <param name="files">One or more paths; plain or gzip is told by the content.</param>
    /// <param name="options">How they are written.</param>
    /// <param name="progress">Bytes read, then customers sorted.</param>
    /// <param name="cancellation">Stops reading; nothing is left behind.</param>
    /// <exception cref="ArgumentException">No file is named, or the options do not hold.</exception>
    /// <exception cref="BadDataException">
    /// A file is missing, a directory, empty, without data, truncated or in another format; a mapped column is unknown or ambiguous; too many lines are
    /// rejected; no row is left.
    /// </exception>
    public static ReadResult Read(
        IReadOnlyList<string> files, ReaderOptions options, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ReadPart part = ReadPart(files, options, null, null, progress, cancellation);
        LogDoubts doubts = new(part.Summary.Lines);
        doubts.Add(part.Log);
        ReadCounts counts = new ReadTotal().And(part).ToCounts(doubts);
        return new ReadResult(part.Log, counts.Summary, counts.Rejected, counts.Findings);
    }

    /// <summary>Reads the share of the files that the options ask for.</summary>
    /// <param name="files">The files.</param>
    /// <param name="options">How they are written, and whose rows are held.</param>
    /// <param name="size">What may be in memory; null for whatever it takes.</param>
    /// <param name="days">Rows by day of everyone without duplicates, where they are known; otherwise duplicates of customers who are not held count.</param>
    /// <param name="progress">Bytes read, then customers sorted.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="LogTooLargeException">It does not fit the size.</exception>
    internal static ReadPart ReadPart(
        IReadOnlyList<string> files, ReaderOptions options, PartSize? size, RowsByDay? days, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        if (files.Count == 0)
            throw new ArgumentException("Name at least one file of transactions.", nameof(files));
        if (options.Problems() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(' ', problems), nameof(options));

        IReadOnlyDictionary<string, double>? rates = options.RatesOfExchange is { } ratesFile ? ExchangeRates.Read(ratesFile, options.Currency!) : null;
        TimeZoneInfo? zone = options.TimeZone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : null;
        List<ITransactionSource> sources = [];
        try
        {
            SourceOptions within = new(options.Sheet, names => FileLayout.Fits(names, options.Mapping));
            foreach (string path in files)
                sources.AddRange(SourceFinder.Find(path, options.Places, options.Formats, within));
            FileLayout[] layouts = [.. sources.Select(source => FileLayout.Find((ITextSource)source, options, zone, rates))];
            using RejectsWriter? writer = options.RejectsFile is { } rejectsFile ? new RejectsWriter(rejectsFile) : null;
            RejectedRows rejected = new(writer);
            (List<FileReading> readings, ParserNames[] names) = ReadAll(layouts, options, rejected, size, progress, cancellation);
            writer?.Finish();
            PartCost cost = PartCost.Of(layouts, layouts.Length > 1, size ?? new PartSize(long.MaxValue), options.Threads);
            return Assemble(readings, names, rejected, options, days, cost, progress, cancellation);
        }
        finally
        {
            foreach (ITransactionSource source in sources)
                source.Dispose();
        }
    }

    private static (List<FileReading> Readings, ParserNames[] Names) ReadAll(
        FileLayout[] layouts, ReaderOptions options, RejectedRows rejected, PartSize? size, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ParserNames[] names = new ParserNames[options.Threads];
        for (int parser = 0; parser < names.Length; parser++)
            names[parser] = new ParserNames();
        LineHashing hashing = layouts.Length == 1 ? LineHashing.None
            : Array.TrueForAll(layouts, layout => layout.Plan.Names.SequenceEqual(layouts[0].Plan.Names, StringComparer.OrdinalIgnoreCase)) ? LineHashing.AllFields
            : LineHashing.ReadFields;
        ReadingWatch? watch = size is null ? null : new ReadingWatch(size, layouts, names, layouts.Length > 1);
        List<FileReading> readings = [];
        foreach (FileLayout layout in layouts)
        {
            FileReading reading = new(layout, options, rejected, watch, progress);
            reading.Read(names, hashing, cancellation);
            readings.Add(reading);
        }
        return (readings, names);
    }

    private static ReadPart Assemble(
        List<FileReading> readings, ParserNames[] names, RejectedRows rejected, ReaderOptions options, RowsByDay? days, PartCost cost, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<FileSummary> files = [.. readings.Select(reading => reading.Summarise())];
        long lines = files.Sum(file => file.Lines);
        if (rejected.Count > options.MaxRejectedShare * lines)
            throw TooManyRejected(rejected, lines, options);

        List<Finding> findings = [.. readings.SelectMany(reading => reading.Layout.Findings)];
        WordDoubts.Tell([.. readings.Select(reading => (reading.Layout, reading.Words))], options, findings);
        bool several = readings.Count > 1;
        (long duplicateRows, long duplicatesLeftOut) = several ? DuplicateLines.Remove([.. readings.Select(reading => reading.Chunks)]) : (0, 0);
        List<RowChunk> chunks = [.. readings.SelectMany(reading => reading.Chunks)];
        List<ColumnPlan> plans = [.. readings.Where(reading => reading.Chunks.Any(chunk => chunk.Count + chunk.Others > 0)).Select(reading => reading.Layout.Plan)];
        OtherCustomers[] others = [.. readings.Select(reading => reading.Others).OfType<OtherCustomers>()];
        bool hasAmounts = readings.Exists(reading => reading.Layout.Plan[ColumnRole.Amount] >= 0);
        readings.Clear();
        long passedOver = chunks.Sum(chunk => chunk.PassedOver), notChosen = chunks.Sum(chunk => chunk.NotChosen), otherRows = others.Sum(other => other.Count);
        long withoutCustomer = chunks.Sum(chunk => chunk.WithoutCustomer), returns = chunks.Sum(chunk => chunk.IgnoredReturns), zeros = chunks.Sum(chunk => chunk.IgnoredZeros);
        if (plans.Count == 0)
            throw new BadDataException($"{string.Join(", ", files.Select(file => file.Path))}: found no usable row in {lines:N0} lines ({rejected.Count:N0} rejected, {withoutCustomer:N0} without a customer id, {returns + zeros + notChosen:N0} ignored), expected transactions; check the column mapping.");

        RowsByDay held = RowsByDay.Of(chunks, options.Threads, cancellation);
        chunks.RemoveAll(chunk => chunk.Count == 0);
        StrayDays stray = StrayDays.Find(days ?? held.And(others));
        long strayRows = options.KeepStrayDays ? 0 : stray.LeaveOut(chunks);
        int lastDay = options.KeepStrayDays ? held.Last : stray.BulkLast;

        string sorting = $"sorting by customer{options.PartInWords}";
        progress?.Report(new StepProgress(sorting, 0, null, "rows"));
        (TransactionLog log, LogCounts counts, ExactSum purchases, ExactSum returned) = LogAssembler.Assemble(chunks, names, plans, held.First, lastDay, options.Threads, cancellation);
        progress?.Report(new StepProgress(sorting, log.RowCount, log.RowCount, "rows"));
        ReadSummary summary = new()
        {
            Files = files,
            Lines = lines,
            DuplicateLines = duplicateRows + duplicatesLeftOut,
            PassedOver = passedOver,
            NotChosen = notChosen,
            StrayRows = strayRows,
            WithoutCustomer = withoutCustomer,
            RejectedLines = rejected.Count,
            RejectedByReason = rejected.Reasons,
            IgnoredReturns = returns,
            IgnoredZeroAmounts = zeros,
            OtherRows = otherRows,
            Rows = log.RowCount,
            ReturnRows = counts.ReturnRows,
            ZeroAmountRows = counts.ZeroRows,
            RepeatedRows = options.Columns is null ? counts.RepeatedRows : 0,
            Customers = log.CustomerCount,
            Purchases = counts.Purchases.ToCounts(!log.Orders.IsEmpty),
            Paid = counts.Paid.ToCounts(!log.Orders.IsEmpty),
            FirstDay = log.FirstDay,
            LastDay = log.LastDay,
            TotalPurchases = purchases.ToDouble(),
            TotalReturns = returned.ToDouble(),
        };
        return new ReadPart
        {
            Log = log,
            Summary = summary,
            Rejected = rejected.First,
            Findings = findings,
            Purchases = purchases,
            Returns = returned,
            DuplicatesLeftOut = duplicatesLeftOut,
            HasAmounts = hasAmounts,
            Held = held,
            Stray = stray,
            KeepsStrayDays = options.KeepStrayDays,
            DaysAreUnsure = several && days is null && otherRows > 0 && StrayDays.AreThinkable(held.And(others)),
            Cost = cost,
        };
    }

    private static BadDataException TooManyRejected(RejectedRows rejected, long lines, ReaderOptions options) => new(
        $"Found {rejected.Count:N0} of {lines:N0} lines ({(double)rejected.Count / lines:P1}) that cannot be read, expected at most {options.MaxRejectedShare:P1}. The first: "
        + string.Join("; ", rejected.First.Take(RowsShown).Select(row => row.ToString()))
        + ". Mend the files, the column mapping or the date format, or raise the limit.");
}
