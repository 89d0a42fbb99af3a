namespace CustomerValue.Strategy.Quadrants;

/// <summary>Steps already taken with a customer who costs more than they bring.</summary>
[Flags]
public enum GentleSteps
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>Prices or terms were adapted.</summary>
    Repriced = 1,

    /// <summary>Service was moved to self-service.</summary>
    SelfService = 2,

    /// <summary>Both were tried.</summary>
    All = Repriced | SelfService,
}
