using CustomerValue.Strategy.Naming;

namespace CustomerValue.Serving.Requests;

/// <summary>Raw histories of customers whose value and strategy are asked for; the body of a prediction call, and a language.</summary>
internal class RecommendationRequest : PredictionRequest
{
    /// <summary>Language of names, strategies and their reasons: en or zh. Default en.</summary>
    /// <example>en</example>
    public string? Language { get; init; }
}

/// <summary>Languages by their ISO 639 code.</summary>
internal static class LanguageCode
{
    private const string Chinese = "zh", English = "en";

    public static bool IsKnown(string code) => code is English or Chinese;

    /// <summary>The language of a known code; English where none is asked for.</summary>
    public static Language Read(string? code) => code == Chinese ? Language.Chinese : Language.English;
}
