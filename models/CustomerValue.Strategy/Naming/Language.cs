namespace CustomerValue.Strategy.Naming;

/// <summary>Languages that names and reasons are written in.</summary>
public enum Language
{
    /// <summary>English.</summary>
    English,

    /// <summary>Chinese, simplified.</summary>
    Chinese,
}

/// <summary>The values of a customer.</summary>
public enum ValueKind
{
    /// <summary>Brought so far.</summary>
    Realised,

    /// <summary>Brings a year.</summary>
    Current,

    /// <summary>Can bring.</summary>
    Potential,

    /// <summary>Brings through others.</summary>
    Influence,

    /// <summary>Realised, potential and influence together.</summary>
    Total,

    /// <summary>What look-alikes bring beyond it.</summary>
    Headroom,
}
