namespace CustomerValue.Strategy.Quadrants;

/// <summary>Current value by potential value.</summary>
public enum Quadrant
{
    /// <summary>High current, low potential value.</summary>
    Retain,

    /// <summary>High current, high potential value.</summary>
    Develop,

    /// <summary>Low current, low potential value.</summary>
    Maintain,

    /// <summary>Low current, high potential value.</summary>
    Cultivate,
}

/// <summary>What to do with a customer: their quadrant's strategy, or a step for those who cost more than they bring.</summary>
public enum Recommendation
{
    /// <summary>Keep the relation, raise loyalty.</summary>
    Retain,

    /// <summary>Invest most.</summary>
    Develop,

    /// <summary>Least effort.</summary>
    Maintain,

    /// <summary>Learn their needs, upgrade.</summary>
    Cultivate,

    /// <summary>First step with a customer of negative net value: charge for what is costly.</summary>
    Reprice,

    /// <summary>Second step: move service to channels that cost little.</summary>
    SelfService,

    /// <summary>Last resort, after both steps.</summary>
    LetGo,

    /// <summary>Win back who was or would be valuable and is dormant or lost.</summary>
    WinBack,
}
