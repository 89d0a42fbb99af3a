#if !MLNET
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet;

public static partial class MLNetEngine
{
    /// <summary>Version of ML.NET in this build; null where it is off.</summary>
    public static string? Version => null;

    /// <summary>One line for people: on with which version, or off and why.</summary>
    public static string Status => "off (its packages could not be restored when this program was built, or it was built with -p:MLNet=false)";

    private static CandidateCatalogue Extend(CandidateCatalogue catalogue, IPriorTrainer prior, bool fromPool) => catalogue.WithReader(new ConvertedFastTree(prior));
}
#endif
