using System.Text;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Versions;

/// <summary>Which files make a version: the recipe, the aggregate catalogue, the feature schema, the models' own files and the golden rows.</summary>
internal static class VersionFiles
{
    private const string RecipeName = "recipe.json";
    private const string CatalogueName = "aggregates.json";
    private const string SchemaName = "features.json";

    /// <summary>Writes everything scoring needs; the golden rows are scored by the model as it will be read back.</summary>
    /// <param name="writer">The version that is being written.</param>
    /// <param name="recipe">How customers are scored.</param>
    /// <param name="catalogue">Which aggregates are computed.</param>
    /// <param name="schema">Which features are derived from them.</param>
    /// <param name="champion">Who answers.</param>
    /// <param name="prior">The prior that travels along, or null.</param>
    /// <param name="said">What was said of the population at the cutoff: the model is not asked for it again.</param>
    /// <returns>The model that was written, without a name yet.</returns>
    public static ScoringModel Write(VersionWriter writer, ScoringRecipe recipe, AggregateCatalogue catalogue, FeatureSchema schema, ICustomerModel champion, IPriorModel? prior, Predictions said)
    {
        writer.WriteJson(RecipeName, recipe);
        writer.Write(CatalogueName, Encoding.UTF8.GetBytes(catalogue.ToJson()));
        writer.Write(SchemaName, Encoding.UTF8.GetBytes(schema.ToJson()));
        champion.Save(writer);
        prior?.Save(writer);
        ScoringModel model = new("unpublished", recipe, catalogue, schema, champion, prior) { Said = said };
        GoldenRows.Write(writer, model);
        return model;
    }

    /// <summary>What scoring needs beside the models.</summary>
    /// <exception cref="ModelStoreException">The file is not what this program expects.</exception>
    public static ScoringRecipe ReadRecipe(VersionReader reader) => reader.ReadJson<ScoringRecipe>(RecipeName);

    /// <summary>Restores the model; the caller has verified the files.</summary>
    /// <exception cref="ModelStoreException">A file is not what this program expects.</exception>
    public static ScoringModel Read(VersionReader reader, CandidateCatalogue candidates)
    {
        ScoringRecipe recipe = ReadRecipe(reader);
        IPriorModel? prior = recipe.Prior is null ? null : candidates.Read(recipe.Prior, reader) as IPriorModel
            ?? throw new ModelStoreException($"{RecipeName} of version {reader.Manifest.Version} names '{recipe.Prior}' as prior, expected a model that can be a prior. Train the version again.");
        ICustomerModel champion = recipe.Champion == recipe.Prior && prior is not null ? prior : candidates.Read(recipe.Champion, reader);
        try
        {
            return new ScoringModel(reader.Manifest.Version, recipe,
                AggregateCatalogue.FromJson(Encoding.UTF8.GetString(reader.Read(CatalogueName))), FeatureSchema.FromJson(Encoding.UTF8.GetString(reader.Read(SchemaName))), champion, prior,
                [.. reader.Manifest.Findings.Where(finding => finding.Severity != Severity.Information)]);
        }
        catch (Exception error) when (error is FormatException or System.Text.Json.JsonException or ArgumentException)
        {
            throw new ModelStoreException($"Version {reader.Manifest.Version}: {error.Message} Train the version again with this program.", error);
        }
    }
}
