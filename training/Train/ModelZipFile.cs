using CustomerValue.Data.Diagnostics;
using CustomerValue.MLNet;
using CustomerValue.MLNet.LightGbm;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Train;

/// <summary><c>model.zip</c>: a version's champion for every ML.NET program, beside the files it serves from and no part of the model's hash.</summary>
/// <param name="Content">The file; null where there is none.</param>
/// <param name="WhyNot">Why there is none, or null.</param>
internal sealed record ModelZipFile(byte[]? Content, Finding? WhyNot)
{
    /// <summary>Makes the file and asks it for customers of the population before it counts.</summary>
    public static ModelZipFile Of(ScoringModel model, Snapshot population, DateOnly cutoff)
    {
        try
        {
            return new(ModelZip.Write(model.ToFormulas(cutoff), population, model.Predict(population)), null);
        }
        catch (NotSupportedException error)
        {
            return new(null, new Finding("no-model-zip", Severity.Information, $"The version has no {ModelZip.FileName}: {error.Message}.", "Load the candidate's own zip within the version where it has one."));
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            // ML.NET throws whatever its writers stumble over; a version that serves does not wait for a companion.
            return new(null, new Finding("no-model-zip", Severity.Warning, $"The version has no {ModelZip.FileName}: {NativeParts.Said(error)}.", "The version serves without it; models export --format ml-net tries again."));
        }
    }

    /// <summary>Writes the file, where there is one.</summary>
    public void WriteTo(VersionWriter writer)
    {
        if (Content is not null)
            writer.Write(ModelZip.FileName, Content);
    }
}
