using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>What /metrics said, line by line.</summary>
internal sealed partial record Metrics(string Text, IReadOnlyList<Sample> Samples)
{
    public static Metrics Parse(string text) => new(text, [.. Line().Matches(text).Select(line => new Sample(line.Groups[1].Value,
        Label().Matches(line.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value), double.Parse(line.Groups[3].Value, CultureInfo.InvariantCulture)))]);

    /// <summary>Sum over the samples of a name with labels; NaN where there is none.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels)
    {
        double[] found = [.. Samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Label) == label.Value)).Select(sample => sample.Value)];
        return found.Length == 0 ? double.NaN : found.Sum();
    }

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$""", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"[,}]?""")]
    private static partial Regex Label();
}

/// <summary>A line of metrics.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
