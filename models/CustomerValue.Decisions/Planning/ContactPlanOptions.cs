namespace CustomerValue.Decisions.Planning;

/// <summary>How contacts are spread over days.</summary>
public sealed record ContactPlanOptions
{
    /// <summary>Days between two contacts with a customer, at least; an action's cooldown may ask for more. Default 7; allowed 1 to 365.</summary>
    public int CoolingOffDays { get; init; } = 7;

    /// <summary>Days after a contact before an open complaint is answered. Default 1; allowed 1 to 365.</summary>
    public int ComplaintDays { get; init; } = 1;

    /// <summary>Share of customers, by potential value, who are key accounts. Default .05.</summary>
    public double KeyAccountShare { get; init; } = 0.05;
}
