using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Decisions;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Health;
using CustomerValue.Serving.Jobs;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Recommendations;
using CustomerValue.Serving.Requests;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Serving.Hosting;

/// <summary>
/// JSON of every request and answer, generated when the program is built: snake_case, days as 2024-02-28, numbers in round-trip form,
/// repeated members refused; unknown ones are kept aside by the requests, so that a misspelt optional member is named and not silently ignored.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(DayConverter), typeof(NumberConverter), typeof(TextConverter), typeof(AttributeTextConverter), typeof(PlaybookDocumentConverter), typeof(WordConverter<Severity>), typeof(WordConverter<JobState>),
        typeof(WordConverter<Quadrant>), typeof(WordConverter<LifecycleStage>), typeof(WordConverter<Recommendation>), typeof(WordConverter<ValueAxes>)])]
[JsonSerializable(typeof(PredictionRequest))]
[JsonSerializable(typeof(PredictionAnswer))]
[JsonSerializable(typeof(RecommendationRequest))]
[JsonSerializable(typeof(RecommendationAnswer))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(CustomerAnswer))]
[JsonSerializable(typeof(CustomerPageAnswer))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelDetails))]
[JsonSerializable(typeof(JobAnswer))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(Readiness))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ServingJson : JsonSerializerContext
{
    /// <summary>Gives a host's options the same conventions, with text left readable: answers are JSON and never embedded in a page.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        foreach (JsonConverter converter in Default.Options.Converters)
            options.Converters.Add(converter);
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}

/// <summary>Enumerations as kebab-case words.</summary>
internal sealed class WordConverter<TWord>() : JsonStringEnumConverter<TWord>(JsonNamingPolicy.KebabCaseLower) where TWord : struct, Enum;
