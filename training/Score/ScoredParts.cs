using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Score;

/// <summary>Everyone's scores alone: customers are read and scored in parts where they do not fit in memory at once.</summary>
/// <param name="Scored">The scores.</param>
/// <param name="Attributes">The customers' attributes, or null.</param>
/// <param name="HasMoney">Whether any transaction has an amount.</param>
/// <param name="Findings">Doubts about files and population.</param>
internal sealed record ScoredParts(ScoredCustomers Scored, CustomerAttributes? Attributes, bool HasMoney, IReadOnlyList<Finding> Findings)
{
    /// <summary>Aggregates, histories, features while they are scored, and what is scored, of a customer.</summary>
    private const int BytesOfCustomer = 1500;

    /// <summary>Twelve figures and the place of an id, of a customer.</summary>
    private const int BytesOfScore = 12 * sizeof(double) + 16;

    /// <summary>Reads and scores everyone.</summary>
    /// <param name="model">The version.</param>
    /// <param name="input">Which files.</param>
    /// <param name="bytes">Bytes that may be in memory; null for everyone at once.</param>
    /// <param name="asked">First day of the forecast; null for the day after the last transaction.</param>
    /// <param name="progress">Hears of reading and scoring.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ScoredParts Of(ScoringModel model, TransactionInput input, long? bytes, DateOnly? asked, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        List<ScoredCustomers> parts = [];
        FindingsInParts findings = new();
        CustomerAttributes? attributes = null;
        int threads = input.Options.Threads, scored = 0, taken = 0;
        PartedData data = new(input, bytes is { } size ? new PartSize(size) { BytesOfCustomer = BytesOfCustomer, KeptOfCustomer = BytesOfScore } : null);
        ReadCounts read = data.Read(part =>
        {
            attributes ??= input.Attributes(model.Attributes, progress, cancellation);
            DateOnly asOf = ScoringDay.Check(asked, part.Log);
            progress.Report(new("scoring every customer", scored, null, "customers"));
            Snapshot everyone = model.Snapshot(part.Log, attributes, asOf, withOutcomes: false, threads, cancellation);
            findings.Add(everyone.Aggregates, everyone.Features);
            if (everyone.Count > 0 || (part.End == 1 && parts.Count == 0))
                parts.Add(model.Score(everyone, reasons: 0, threads, cancellation));
            scored += everyone.Count;
            taken++;
            progress.Report(new("scoring every customer", scored, part.End == 1 ? scored : null, "customers"));
        }, progress, cancellation);
        ScoredCustomers all = taken == 1 ? parts[0] : ScoredCustomers.Merge(parts, [.. model.Doubts, .. findings.Findings]);
        return new(all, attributes, data.HasMoney, [.. read.Findings, .. attributes?.Findings ?? [], .. all.Findings]);
    }
}
