using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions;

/// <summary>Reads a log that may be larger than memory: at once where it fits, and otherwise the files several times, each time some of the customers.</summary>
/// <remarks>
/// Whether it fits shows while it is read: the reading is broken off early where it will not, and begun anew with as many customers as are likely to. From the first
/// part on, rows and customers are known and the others are cut to measure. Counts, findings and days are those of reading everyone at once.
/// </remarks>
/// <param name="files">One or more paths.</param>
/// <param name="options">How they are written; the share is that of the part.</param>
/// <param name="size">What may be in memory; null for everyone at once.</param>
public sealed class PartedReading(IReadOnlyList<string> files, ReaderOptions options, PartSize? size)
{
    /// <summary>More parts than this take longer than anyone waits.</summary>
    private const int MostParts = 64;

    /// <summary>An id that is kept to look for ids that are alike.</summary>
    private const int BytesOfId = 64;

    /// <summary>A part is cut a little smaller than what fits, since parts are not all of one size.</summary>
    private const double Fill = 0.95;

    private string? _rejects = options.RejectsFile;

    /// <summary>Parts read.</summary>
    public int Parts { get; private set; }

    /// <summary>Reads everyone, part by part.</summary>
    /// <param name="take">Takes a part; it must not hold on to the log when it returns, but for what <see cref="PartSize.KeptOfCustomer"/> says.</param>
    /// <param name="progress">Bytes read, then customers sorted, by part.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>Counts and findings of everyone.</returns>
    /// <exception cref="BadDataException">As <see cref="TransactionReader.Read"/> says, or what is kept of everyone does not fit the size.</exception>
    public ReadCounts Read(Action<LogPart> take, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(take);
        ReadTotal total = new();
        LogDoubts? doubts = null;
        RowsByDay? days = null;
        PartSize? within = size;
        double start = 0, width = 1;
        Parts = 0;
        while (start < 1)
        {
            if (ReadOne(start, ref width, within, days, progress, cancellation) is not { } part)
                continue;
            if (part.DaysAreUnsure)
            {
                days = DaysOfEveryone(width, progress, cancellation);
                continue;
            }
            if (size is not null && start == 0)
                within = size with { Bytes = Remaining(part, width) };
            double end = End(start, width);
            (start, width) = (end, end == 1 ? 1 : Width(1 - end, part, width, within!));
            Parts++;
            total.And(part);
            (doubts ??= new LogDoubts(part.Summary.Lines)).Add(part.Log);
            take(new LogPart(part.Log, end));
        }
        return total.ToCounts(doubts!);
    }

    /// <summary>One part; null, with a smaller width, where it did not fit.</summary>
    private ReadPart? ReadOne(double start, ref double width, PartSize? within, RowsByDay? days, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            double end = End(start, width);
            ReadPart part = TransactionReader.ReadPart(files, options with
            {
                Share = CustomerShare.Between(start, end),
                RejectsFile = _rejects,
                PartInWords = end - start == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", part {Parts + 1} of {Parts + Count(1 - start, width)}"),
            }, within, days, progress, cancellation);
            _rejects = null; // written whole, the same for every part
            return part;
        }
        catch (LogTooLargeException error)
        {
            // Parts of one width, so that none of them is read for a handful of customers.
            width = (1 - start) / Count(1 - start, width * error.Share * Fill);
            if (Count(1, width) > MostParts)
                throw TooSmall($"more than {MostParts} parts", 0);
            return null;
        }
    }

    /// <summary>Bytes for a part once what stays of all customers is put aside.</summary>
    private long Remaining(ReadPart part, double width)
    {
        double kept = part.Log.CustomerCount / width * (size!.KeptOfCustomer + (width < 1 ? BytesOfId : 0));
        long remaining = size.Bytes - (long)kept;
        return width == 1 ? size.Bytes : remaining > size.Bytes / 8 ? remaining : throw TooSmall("less than is kept of all customers", kept);
    }

    /// <summary>Width of the parts that are left, now that a part tells what all of them hold.</summary>
    private double Width(double rest, ReadPart part, double width, PartSize within)
    {
        int parts = Count(rest, Fill * within.Bytes / part.Cost.Of(part.Summary.Rows + part.Summary.OtherRows, part.Log.CustomerCount / width));
        return parts <= MostParts ? rest / parts : throw TooSmall($"{parts} parts more", 0);
    }

    /// <summary>Where a part ends; nobody stands between the last one and the end.</summary>
    private static double End(double start, double width) => start + width >= 1 - 1e-9 ? 1 : start + width;

    private static int Count(double rest, double width) => (int)Math.Min(int.MaxValue, Math.Ceiling(rest / width - 1e-9));

    private BadDataException TooSmall(string found, double kept) => new(string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(", ", files)}: found {found} for {size!.Bytes / 1e6:N0} MB of memory{(kept > 0 ? $" ({kept / 1e6:N0} MB)" : "")}, expected a log that fits it in parts; give more memory."));

    /// <summary>Rows by day without duplicates, from a round over all parts.</summary>
    private RowsByDay DaysOfEveryone(double width, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        RowsByDay? days = null;
        for (double start = 0; start < 1;)
        {
            if (ReadOne(start, ref width, size, null, progress, cancellation) is not { } part)
                continue;
            days = days is null ? part.Held : days.And(part.Held);
            start = End(start, width);
        }
        return days!;
    }
}
