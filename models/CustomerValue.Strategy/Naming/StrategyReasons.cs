namespace CustomerValue.Strategy.Naming;

/// <summary>The reasons of strategies, in words.</summary>
public static class StrategyReasons
{
    /// <summary>Why a customer has their strategy, a sentence each, most important first.</summary>
    /// <param name="strategies">The base.</param>
    /// <param name="row">The customer.</param>
    /// <param name="language">Language of the sentences.</param>
    public static IReadOnlyList<string> Reasons(this CustomerStrategies strategies, int row, Language language) =>
        StrategyReasonWriter.Write(strategies, row, Wording.In(language));
}
