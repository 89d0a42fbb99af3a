using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;

namespace CustomerValue.Training.Inputs;

/// <summary>Who takes part in this program's races: the house's candidates, and ML.NET's FastTree.</summary>
internal static class Entrants
{
    /// <summary>Everyone, ML.NET's FastTree within its budget.</summary>
    public const string Default = "default";

    /// <summary>Everyone in full.</summary>
    public const string All = "all";

    /// <summary>The house's own candidates alone.</summary>
    public const string House = "house";

    /// <summary>Reads saved models of every candidate, and runs the default race.</summary>
    public static CandidateCatalogue Catalogue { get; } = MLNetEngine.AddTo(CandidateCatalogue.Standard);

    private static CandidateCatalogue WithoutOthers { get; } = Catalogue.Only([.. CandidateCatalogue.Standard.Trainers.Select(trainer => trainer.Name)]);

    private static CandidateCatalogue InFull { get; } = MLNetEngine.AddTo(CandidateCatalogue.Standard, inFull: true);

    /// <summary>Version of ML.NET.</summary>
    public static string MLNet => MLNetEngine.Version;

    /// <summary>The entrants of a race: <see cref="Default"/>, <see cref="All"/>, <see cref="House"/>, or names with commas between them, which run in full.</summary>
    /// <exception cref="ArgumentException">A name is no candidate's.</exception>
    public static CandidateCatalogue Choose(string candidates) => candidates switch
    {
        Default => Catalogue,
        All => InFull,
        House => WithoutOthers,
        _ => InFull.Only(candidates.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    };
}
