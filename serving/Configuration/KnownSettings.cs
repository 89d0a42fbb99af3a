using System.Reflection;
using CustomerValue.Data.Expressions;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace CustomerValue.Serving.Configuration;

/// <summary>Names the settings that nobody reads: a misspelt limit would otherwise be no limit.</summary>
internal static class KnownSettings
{
    /// <summary>What every environment variable for this program begins with; others, such as <c>STORE</c>, mean somebody else.</summary>
    public const string Prefix = "CUSTOMER_VALUE_SERVING_";

    /// <summary>Settings of the framework that may be given: everything below them is the framework's to understand.</summary>
    private static readonly string[] s_framework = ["Logging", "Kestrel", "urls", "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "webRoot", "shutdownTimeoutSeconds"];

    /// <summary>Takes away the environment's variables that bear no prefix, and adds those with the prefix of this program.</summary>
    public static void ReadPrefixedEnvironment(ConfigurationManager configuration)
    {
        IList<IConfigurationSource> sources = configuration.Sources;
        int place = sources.Index().FirstOrDefault(source => source.Item is EnvironmentVariablesConfigurationSource { Prefix: null or "" }, (sources.Count, null!)).Index;
        if (place < sources.Count)
            sources.RemoveAt(place);
        sources.Insert(place, new EnvironmentVariablesConfigurationSource { Prefix = Prefix });
    }

    /// <summary>The names of all settings of this program, groups before a colon.</summary>
    public static IEnumerable<string> Names => NamesOf(typeof(ServingOptions), "");

    /// <summary>What is wrong with the names of the settings that were given for this program.</summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        SortedSet<string> known = new(Names, StringComparer.OrdinalIgnoreCase);
        return ((IConfigurationRoot)configuration).Providers.Where(IsOurs).SelectMany(provider => Given(provider, null)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !known.Contains(name) && !Array.Exists(s_framework, framework => name.Equals(framework, StringComparison.OrdinalIgnoreCase) || name.StartsWith(framework + ":", StringComparison.OrdinalIgnoreCase)))
            .Select(name => $"{name}: there is no such setting; {(NearestName.Find(name, known) is { } nearest ? $"did you mean {nearest}?" : "docs/configuration.md lists them.")}");
    }

    private static bool IsOurs(IConfigurationProvider provider) => provider is JsonConfigurationProvider or CommandLineConfigurationProvider
        || (provider is EnvironmentVariablesConfigurationProvider && provider.ToString()!.Contains(Prefix, StringComparison.Ordinal));

    private static IEnumerable<string> Given(IConfigurationProvider provider, string? parent)
    {
        foreach (string key in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string name = parent is null ? key : ConfigurationPath.Combine(parent, key);
            string[] below = [.. Given(provider, name)];
            foreach (string setting in below.Length > 0 ? below : [name])
                yield return setting;
        }
    }

    private static IEnumerable<string> NamesOf(Type options, string prefix) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).SelectMany(property =>
        property.PropertyType is { IsClass: true } group && group.Assembly == typeof(ServingOptions).Assembly ? NamesOf(group, prefix + property.Name + ":") : [prefix + property.Name]);
}
