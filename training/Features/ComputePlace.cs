using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Sources;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Features;

/// <summary>Where aggregates are computed.</summary>
internal enum Compute
{
    Auto,
    Local,
    Source,
}

/// <summary>Where the aggregates of a run are computed, and why.</summary>
/// <param name="There">The table that computes them itself; null where its rows are read here.</param>
/// <param name="Why">One sentence.</param>
internal sealed record ComputePlace(SourceAggregates? There, string Why)
{
    /// <summary>Rows from which a database is asked to do the work: as many are read here in about a minute.</summary>
    private const long Many = 20_000_000;

    /// <exception cref="UsageException">The source is asked for what it cannot do.</exception>
    /// <exception cref="BadDataException">The database cannot be reached, or its columns do not do.</exception>
    public static ComputePlace Choose(Compute asked, TransactionInput input)
    {
        if (asked == Compute.Local)
            return new(null, "Aggregates are computed here, as --compute local says.");
        string? hindrance = input.Files is not [var only] || !SourcePlaces.IsAddress(only) ? "only one address of a database or lake computes them itself"
            : OnlyHere(input.Options) is { } option ? $"{option} is for rows that are read here" : null;
        if (hindrance is not null)
            return asked == Compute.Auto ? new(null, $"Aggregates are computed here: {hindrance}.") : throw new UsageException($"Found --compute source, expected local or auto: {hindrance}.");
        try
        {
            SourceAggregates there = SourceAggregates.Open(input.Files[0], input.Options.Mapping, input.Options.Returns, input.Options.ZeroAmounts, input.Options.LatestDay);
            return asked == Compute.Source ? new(there, "Aggregates are computed by the source, as --compute source says.")
                : there.Rows >= Many ? new(there, $"Aggregates are computed by the source: its {Figures.Count(there.Rows)} rows are many to fetch.")
                : new(null, $"Aggregates are computed here: {Figures.Count(there.Rows)} rows are soon fetched.");
        }
        catch (BadDataException error) when (asked == Compute.Auto)
        {
            return new(null, $"Aggregates are computed here: {error.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>The first option given that only the reading of rows understands, or null.</summary>
    private static string? OnlyHere(ReaderOptions options) =>
        ((string Name, bool IsGiven)[])
        [
            ("--keep", options.Keep.Count > 0), ("--drop", options.Drop.Count > 0), ("--refund", options.Refund.Count > 0), ("--where", options.Where is not null), ("--currency", options.Currency is not null),
            ("--time-zone", options.TimeZone is not null), ("--date-format", options.DateFormat is not null), ("--decimal", options.DecimalSeparator is not null), ("--rejects", options.RejectsFile is not null),
        ] is var given && Array.Find(given, option => option.IsGiven) is { Name: { } name } ? name : null;
}
