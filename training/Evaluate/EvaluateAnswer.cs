using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Evaluate;

/// <summary>What <c>evaluate --json</c> gives: the race report itself, with the findings beside its figures; of several cutoffs, each report and the means.</summary>
internal static class EvaluateAnswer
{
    public static JsonObject Of(IReadOnlyList<RaceResult> results, LoadedData data) => results.Count == 1 ? Of(results[0], data) : new JsonObject
    {
        ["cutoffs"] = new JsonArray([.. results.Select(result => Of(result, data))]),
        ["means"] = JsonSerializer.SerializeToNode(MeanFigures.Over([.. results.Select(result => result.Report!)]), StoreJson.Options),
    };

    private static JsonObject Of(RaceResult result, LoadedData data)
    {
        JsonObject answer = JsonSerializer.SerializeToNode(result.Report, StoreJson.Options)!.AsObject();
        answer["findings"] = JsonSerializer.SerializeToNode(data.Findings.Concat(result.Findings), StoreJson.Options);
        return answer;
    }
}
