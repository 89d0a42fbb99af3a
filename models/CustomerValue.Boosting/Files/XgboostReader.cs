using System.Globalization;
using System.Text.Json;

namespace CustomerValue.Boosting;

/// <summary>Reads XGBoost's JSON model format, versions 1.0 and later, for one output and objectives known here.</summary>
internal static class XgboostReader
{
    private const int MostFeatures = ModelFeature.MostFeatures;

    public static Booster Read(Stream stream)
    {
        try
        {
            byte[] bytes = BoosterReader.Bytes(stream);
            XgboostTree.QuoteNotANumber(bytes);
            using JsonDocument document = JsonDocument.Parse(bytes);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidModelException($"This is not an XGBoost model in JSON as this library expects it: {exception.Message}", exception);
        }
    }

    private static Booster Read(JsonElement root)
    {
        JsonElement learner = root.GetProperty("learner"), booster = learner.GetProperty("gradient_booster");
        if (booster.GetProperty("name").GetString() is not "gbtree" and string other)
            throw new InvalidModelException($"The XGBoost model is a '{other}', expected 'gbtree'.");
        Objective objective = ReadObjective(learner.GetProperty("objective"));
        JsonElement parameters = learner.GetProperty("learner_model_param");
        if (Number(parameters, "num_class", "0") > 1 || Number(parameters, "num_target", "1") > 1)
            throw new InvalidModelException("The XGBoost model has several outputs, expected one.");
        double baseScore = Number(parameters, "base_score", "0.5"), start = XgboostObjective.Start(objective, baseScore);
        if (!double.IsFinite(start))
            throw new InvalidModelException($"The XGBoost model has base_score {baseScore}, which lies outside the range of objective '{objective.Name}'.");
        int count = (int)Number(parameters, "num_feature", "0");
        if (count is < 1 or > MostFeatures)
            throw new InvalidModelException($"The XGBoost model has {count} features, expected 1 to {MostFeatures}.");
        XgboostTree[] trees = [.. booster.GetProperty("model").GetProperty("trees").EnumerateArray().Select((tree, number) => new XgboostTree(tree, number))];
        ModelFeature[] features = ReadFeatures(learner, count, trees);
        return new(objective, features, [start], false, [.. trees.Select(tree => tree.Convert(features))]);
    }

    private static Objective ReadObjective(JsonElement element)
    {
        string name = element.GetProperty("name").GetString() ?? "";
        // XGBoost keeps the power as a 32-bit float; seven digits of it are what the user meant.
        double power = element.TryGetProperty("tweedie_regression_param", out JsonElement tweedie) ? Math.Round(Number(tweedie, "tweedie_variance_power", "1.5"), 6) : 1.5;
        return XgboostObjective.Find(name, power)
            ?? throw new InvalidModelException($"The XGBoost model has objective '{name}', which this library does not know; expected squared error, logistic, Poisson, gamma or Tweedie.");
    }

    /// <summary>Numbers stand in text; since version 3.1 <c>base_score</c> is a list of one.</summary>
    private static double Number(JsonElement element, string name, string otherwise)
    {
        string text = element.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? otherwise : otherwise;
        return double.Parse(text.Trim('[', ']'), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static ModelFeature[] ReadFeatures(JsonElement learner, int count, XgboostTree[] trees)
    {
        string[] names = Names(learner, "feature_names"), types = Names(learner, "feature_types");
        Dictionary<string, string[]> levels = Levels(learner);
        int[] codes = new int[count];
        foreach (XgboostTree tree in trees)
            tree.CountCodes(codes);
        ModelFeature[] features = new ModelFeature[count];
        for (int i = 0; i < count; i++)
        {
            string name = names.Length == count ? names[i] : $"f{i}";
            if (codes[i] > 0 || (types.Length == count && types[i] == "c"))
            {
                string[] known = levels.GetValueOrDefault(name) is { } given && given.Length >= codes[i]
                    ? given : [.. Enumerable.Range(0, codes[i]).Select(code => code.ToString(CultureInfo.InvariantCulture))];
                if (known.Contains(null) || known.Distinct(StringComparer.Ordinal).Count() != known.Length)
                    throw new InvalidModelException($"Feature '{name}' of the XGBoost model has a level without a name or two of one name.");
                if (known.Length > byte.MaxValue)
                    throw new InvalidModelException($"Feature '{name}' of the XGBoost model has {known.Length} categories, expected at most {byte.MaxValue}.");
                features[i] = new(name, ColumnKind.Categorical, known, [.. Enumerable.Range(0, known.Length).Select(code => (byte)code)]);
            }
            else
                features[i] = new(name, ColumnKind.Numeric, [], []);
        }
        if (features.Select(feature => feature.Name).Distinct(StringComparer.Ordinal).Count() != count)
            throw new InvalidModelException("The XGBoost model names a feature twice.");
        return features;
    }

    private static string[] Names(JsonElement learner, string property) => learner.TryGetProperty(property, out JsonElement names)
        ? [.. names.EnumerateArray().Select(name => name.GetString() ?? "")] : [];

    private static Dictionary<string, string[]> Levels(JsonElement learner) =>
        learner.TryGetProperty("attributes", out JsonElement attributes) && attributes.TryGetProperty(XgboostWriter.LevelsAttribute, out JsonElement text)
            ? JsonSerializer.Deserialize<Dictionary<string, string[]>>(text.GetString() ?? "{}") ?? [] : [];
}
