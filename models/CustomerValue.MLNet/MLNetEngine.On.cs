#if MLNET
using System.Reflection;
using CustomerValue.MLNet.Training;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet;

public static partial class MLNetEngine
{
    /// <summary>Version of ML.NET in this build; null where it is off.</summary>
    public static string? Version { get; } = typeof(FastTreeTweedieTrainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>One line for people: on with which version, or off and why.</summary>
    public static string Status => $"on ({Version})";

    private static CandidateCatalogue Extend(CandidateCatalogue catalogue, IPriorTrainer prior, bool fromPool) => catalogue.With(new FastTreeTrainer(prior, fromPool));
}
#endif
