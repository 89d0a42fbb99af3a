using System.Reflection;

namespace CustomerValue.Training.Hosting;

/// <summary>This program.</summary>
internal static class ThisProgram
{
    /// <summary>Its name and version.</summary>
    public static string Product { get; } = $"customer-value {typeof(ThisProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";
}
