using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CustomerValue.Boosting;

/// <summary>Reads LightGBM's text format: one output, an objective known here. Trusts nothing it reads.</summary>
internal static class LightGbmReader
{
    private const int MostTrees = 1_000_000;

    public static Booster Read(Stream stream)
    {
        try
        {
            return Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(BoosterReader.Bytes(stream)).Split('\n'));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidModelException($"This is not a LightGBM model in text as this library expects it: {exception.Message}", exception);
        }
    }

    private static Booster Read(string[] lines)
    {
        if (lines.FirstOrDefault()?.Trim() != "tree")
            throw new InvalidModelException("This is not a LightGBM model: its first line is not 'tree'.");
        Dictionary<string, string> header = [], parameters = [];
        List<Dictionary<string, string>> blocks = [];
        Dictionary<string, string> block = header;
        string[][] levels = [];
        foreach (string line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith("Tree=", StringComparison.Ordinal))
                blocks.Add(block = []);
            else if (line is "end of trees")
                block = parameters;
            if (block == parameters && line.StartsWith('[') && line.EndsWith(']') && line.Split(':', 2) is [{ } name, { } value])
                parameters[name[1..]] = value[..^1].Trim();
            else if (line.StartsWith("pandas_categorical:", StringComparison.Ordinal) && line["pandas_categorical:".Length..] is var text && text != "null")
                levels = JsonSerializer.Deserialize<string[][]>(text) ?? [];
            else if (block != parameters && line.Split('=', 2) is [{ } key, { } what])
                block[key] = what;
            if (blocks.Count > MostTrees)
                throw new InvalidModelException($"The LightGBM model has more than {MostTrees} trees.");
        }
        if (header.GetValueOrDefault("num_class", "1") != "1" || header.GetValueOrDefault("num_tree_per_iteration", "1") != "1")
            throw new InvalidModelException("The LightGBM model has several outputs, expected one.");
        double power = double.Parse(parameters.GetValueOrDefault("tweedie_variance_power", "1.5"), NumberStyles.Float, CultureInfo.InvariantCulture);
        Objective objective = LightGbmObjective.Find(header.GetValueOrDefault("objective", "regression"), power)
            ?? throw new InvalidModelException($"The LightGBM model has objective '{header["objective"]}', which this library does not know; expected squared error, binary, Poisson, gamma or Tweedie.");
        string[] names = header["feature_names"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is < 1 or > ModelFeature.MostFeatures || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
            throw new InvalidModelException($"The LightGBM model names {names.Length} features, expected 1 to {ModelFeature.MostFeatures}, each once.");
        LightGbmTree[] trees = [.. blocks.Select((tree, number) => new LightGbmTree(tree, number))];
        ModelFeature[] features = Features(names, trees, levels, header.GetValueOrDefault("feature_infos", "").Split(' '));
        return new Booster(objective, features, [trees.Where(tree => tree.IsConstant).Sum(tree => tree.Constant)], false, [.. trees.Where(tree => !tree.IsConstant).Select(tree => tree.Convert(features))]);
    }

    private static ModelFeature[] Features(string[] names, LightGbmTree[] trees, string[][] levels, string[] infos)
    {
        int[] codes = new int[names.Length];
        for (int f = 0; f < names.Length; f++)
            if (f < infos.Length && infos[f].Length > 0 && char.IsAsciiDigit(infos[f][0]))
                codes[f] = infos[f].Split(':').Max(code => int.Parse(code, CultureInfo.InvariantCulture)) + 1;
        foreach (LightGbmTree tree in trees)
            tree.CountCodes(codes);
        int given = 0, categorical = codes.Count(count => count > 0);
        ModelFeature[] features = new ModelFeature[names.Length];
        for (int f = 0; f < features.Length; f++)
        {
            if (codes[f] == 0)
            {
                features[f] = new(names[f], ColumnKind.Numeric, [], []);
                continue;
            }
            string[] known = levels.Length == categorical && levels[given++] is { } texts && texts.Length >= codes[f]
                ? texts : [.. Enumerable.Range(0, codes[f]).Select(code => code.ToString(CultureInfo.InvariantCulture))];
            if (known.Length > byte.MaxValue || known.Contains(null) || known.Distinct(StringComparer.Ordinal).Count() != known.Length)
                throw new InvalidModelException($"Feature '{names[f]}' of the LightGBM model has {known.Length} categories, expected at most {byte.MaxValue}, each with a name of its own.");
            features[f] = new(names[f], ColumnKind.Categorical, known, [.. Enumerable.Range(0, known.Length).Select(code => (byte)code)]);
        }
        return features;
    }
}
