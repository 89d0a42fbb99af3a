using System.CommandLine;

namespace CustomerValue.Training.Tables;

/// <summary><c>table</c>: learns from any table of one row a customer with a label, such as contracts and whether they were cancelled.</summary>
internal static class TableCommand
{
    public static Command Create() => new("table", "Learn a label from a plain table of one row a customer, predict it and explain it.")
    {
        new TableEvaluateVerb(),
        new TableTrainVerb(),
        new TablePredictVerb(),
        new TableExplainVerb(),
    };
}
