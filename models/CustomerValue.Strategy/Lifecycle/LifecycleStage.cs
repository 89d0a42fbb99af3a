namespace CustomerValue.Strategy.Lifecycle;

/// <summary>Where a customer stands, by their own rhythm.</summary>
public enum LifecycleStage
{
    /// <summary>Not yet known for two of their gaps.</summary>
    New,

    /// <summary>Buys clearly more often than before.</summary>
    Growing,

    /// <summary>Buys as before.</summary>
    Steady,

    /// <summary>Late by their own rhythm, or buys clearly less often than before.</summary>
    Slipping,

    /// <summary>Silent for much longer than usual.</summary>
    Dormant,

    /// <summary>Silent so long that a return is unlikely.</summary>
    Lost,

    /// <summary>Bought again after a silence that would have counted as dormant.</summary>
    Returned,
}
