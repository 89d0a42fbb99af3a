using CustomerValue.Data.Transactions;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>Publishes the champion of a race as a version of the store.</summary>
public static class VersionPublisher
{
    /// <summary>Writes the version; it is visible when this returns, and promoted by nobody yet.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="input">What the race was run on.</param>
    /// <param name="result">The race.</param>
    /// <param name="value">How lifetime value is reckoned.</param>
    /// <param name="product">Name and version of the program.</param>
    /// <param name="options">Options of the run by name.</param>
    /// <param name="writeMore">Writes further files of the model that others learn from the finished model and the population at the cutoff, such as a strategy; part of the model's hash.</param>
    /// <param name="writeReports">Writes what people read (card, report, figures) beside the model; no part of the model's hash.</param>
    public static Manifest Publish(
        ModelStore store, RaceInput input, RaceResult result, ValueOptions value, string product, IReadOnlyDictionary<string, string> options,
        Action<VersionWriter, Manifest>? writeReports = null, Action<VersionWriter, ScoringModel, Snapshot>? writeMore = null) =>
        store.Publish(
            writer =>
            {
                ScoringRecipe recipe = ScoringRecipe.Of(input, result, value) with { Newcomers = NewcomerLearner.Learn(input.Log, input.Attributes, input.Window, input.Builder.Returns) };
                ScoringModel model = VersionFiles.Write(writer, recipe, input.Builder.Catalogue, input.Builder.Schema, result.Champion, result.Prior, result.Said);
                writeMore?.Invoke(writer, model, result.Latest);
                return new Manifest
                {
                    Format = Manifest.CurrentFormat,
                    Version = "",
                    Created = default,
                    Product = product,
                    Model = result.Champion.Name,
                    Description = result.Champion.Description,
                    ModelHash = "",
                    Cutoff = input.Cutoff,
                    HorizonDays = input.Horizon.Days,
                    Options = options,
                    Data = input.Everyone ?? Fingerprint(input.Whole),
                    FeatureSchemaHash = input.Builder.Schema.Hash,
                    Evaluation = result.Report,
                    LifetimeBacktest = result.LifetimeBacktest,
                    Findings = [.. result.Findings, .. ValueDoubts.Of(input, value)],
                    Files = [],
                };
            },
            (writer, manifest) =>
            {
                writer.WriteJson(DriftBaseline.FileName, DriftBaseline.Learn(result));
                writeReports?.Invoke(writer, manifest);
            });

    /// <summary>What a log says, in short: equal for equal transactions, however they are spread over files.</summary>
    public static DataFingerprint Fingerprint(TransactionLog log) => new(log.RowCount, log.CustomerCount, log.FirstDay, log.LastDay, LogFingerprint.Of(log));

    /// <summary>The same as an earlier one was taken: at once, or in parts.</summary>
    /// <param name="log">Everyone's transactions.</param>
    /// <param name="earlier">What it is to be compared with.</param>
    public static DataFingerprint Fingerprint(TransactionLog log, DataFingerprint earlier)
    {
        if (!PartedFingerprint.IsOne(earlier.Sha256))
            return Fingerprint(log);
        PartedFingerprint parts = new();
        parts.Add(log);
        return parts.ToFingerprint();
    }
}
