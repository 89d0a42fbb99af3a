using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Training.Steps;

namespace CustomerValue.Training.Answers;

/// <summary>What <c>evaluate --json</c> gives: the race report itself, with the findings beside its figures.</summary>
internal static class EvaluateAnswer
{
    public static JsonObject Of(RaceResult result, LoadedData data)
    {
        JsonObject answer = JsonSerializer.SerializeToNode(result.Report, StoreJson.Options)!.AsObject();
        answer["findings"] = JsonSerializer.SerializeToNode(data.Findings.Concat(result.Findings), StoreJson.Options);
        return answer;
    }
}
