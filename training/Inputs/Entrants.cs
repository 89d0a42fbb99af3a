using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;

namespace CustomerValue.Training.Inputs;

/// <summary>Who takes part in this program's races: the house's candidates, and ML.NET's where the engine is on.</summary>
internal static class Entrants
{
    public static CandidateCatalogue Catalogue { get; } = MLNetEngine.AddTo(CandidateCatalogue.Standard);

    /// <summary>One line on the ML.NET engine.</summary>
    public static string MLNet => MLNetEngine.Status;
}
