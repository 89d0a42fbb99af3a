using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Serving.Pages.Shell;

/// <summary>Names of what the book calls by its words in files.</summary>
internal static class Named
{
    public static string Strategy(this Wording words, string name) => Find<Recommendation>(name) is { } found ? words.Name(found) : name;

    public static string Stage(this Wording words, string name) => Find<LifecycleStage>(name) is { } found ? words.Name(found) : name;

    public static string Quadrant(this Wording words, string name) => Find<Quadrant>(name) is { } found ? words.Name(found) : name;

    /// <summary>What a strategy means in practice; null for words that are none.</summary>
    public static Practice? Practice(this Wording words, string name) => Find<Recommendation>(name) is { } found ? words.Practice(found, new Strategy.StrategyOptions()) : null;

    private static TWord? Find<TWord>(string name) where TWord : struct, Enum
    {
        foreach (TWord word in Enum.GetValues<TWord>())
            if (StrategyNames.Of(word) == name)
                return word;
        return null;
    }
}
