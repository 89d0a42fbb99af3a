using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;

namespace CustomerValue.Training.Hosting;

/// <summary>How a run failed, in words for people and programs.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Kind">The exit code in a word.</param>
/// <param name="Message">Place, found, expected, way out.</param>
internal sealed record Failure(int Code, string Kind, string Message)
{
    private const string WhereToReport = "This is a mistake in the program, not in your data. Please report it with the command line and what --verbose adds.";

    private const string MoreMemory = "Give more with --memory or a larger machine, have a race learn from fewer with --sample, take part of the rows with --where, or have a database compute the features (features --compute source).";

    private static string Size(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB");

    /// <summary>The failure behind an exception.</summary>
    public static Failure Of(Exception error, CancellationToken cancellation) => error switch
    {
        OperationCanceledException when cancellation.IsCancellationRequested => Cancelled,
        UsageException => new Failure(ExitCode.Usage, "usage", error.Message),
        BadDataException => new Failure(ExitCode.BadData, "bad-data", error.Message),
        ModelStoreException or CustomerBookException => new Failure(ExitCode.Store, "store", error.Message),
        IOException or UnauthorizedAccessException => new Failure(ExitCode.BadData, "bad-data",
            $"{error.Message.TrimEnd('.')}. Check that the path exists, may be read and written, and has space left."),
        OutOfMemoryException => new Failure(ExitCode.BadData, "bad-data", $"Memory ran out: found no more of the {Size(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} that there are for objects. {MoreMemory}"),
        AggregateException { InnerExceptions: [{ } only] } => Of(only, cancellation),
        _ => new Failure(ExitCode.Bug, "bug", $"{error.GetType().Name}: {error.Message} {WhereToReport}"),
    };

    private static Failure Cancelled { get; } = new(ExitCode.Cancelled, "cancelled", "Nothing was half done: files and the model store are as they were before.");
}
