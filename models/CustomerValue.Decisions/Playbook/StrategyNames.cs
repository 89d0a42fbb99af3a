using CustomerValue.Models.Answers;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Decisions.Playbook;

/// <summary>Strategies and stages as they are called in files and answers.</summary>
public static class StrategyNames
{
    /// <summary>Who is dormant or lost and worth it is won back, whatever the quadrant.</summary>
    public const string WinBack = "win-back";

    /// <summary>All strategies an action may serve.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Recommendation>().Select(Of)];

    /// <summary>All lifecycle stages.</summary>
    public static IReadOnlyList<string> Stages { get; } = [.. Enum.GetValues<LifecycleStage>().Select(Of)];

    /// <summary>The name of a strategy or a stage.</summary>
    public static string Of<TWord>(TWord word) where TWord : struct, Enum => AnswerWords.Of(word);
}
