using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>Reads the prior that a saved model names.</summary>
public static class SavedPriors
{
    /// <summary>Refuses a saved model of before levels were forecast.</summary>
    internal static void Require(LevelCurve? level, string name, VersionReader reader)
    {
        if (level is not { Ahead.Count: > 0 })
            throw new ModelStoreException($"{name}.json of version {reader.Manifest.Version}: found no level of the base, expected those of a year ahead; it was trained by an older program ({reader.Manifest.Product}). Train the version again.");
    }

    /// <summary>The prior of that name.</summary>
    /// <exception cref="ModelStoreException">The version was trained from another prior, or its files are not this candidate's.</exception>
    public static IPriorModel ReadSaved(this IPriorTrainer priors, string name, VersionReader reader) => name == priors.Name
        ? priors.ReadPrior(reader)
        : throw new ModelStoreException($"Version {reader.Manifest.Version} starts from prior '{name}', expected '{priors.Name}'. Use the program that trained it ({reader.Manifest.Product}), or train again.");
}
