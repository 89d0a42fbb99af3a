using System.Reflection;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet.Files;

/// <summary>Which ML.NET this program carries.</summary>
internal static class MLNetVersion
{
    /// <summary>As its assembly says.</summary>
    public static string Text { get; } = typeof(FastTreeTweedieTrainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
