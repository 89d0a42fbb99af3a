namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>The one row that says which days the log of outcomes speaks of; it stays when customers are erased.</summary>
public sealed class OutcomeState
{
    internal const int TheId = 1;

    /// <summary>Always 1.</summary>
    public int Id { get; init; } = TheId;

    /// <summary>First day that was reported; null where nothing was.</summary>
    public DateOnly? ObservedFrom { get; set; }

    /// <summary>Last day that was reported; who is silent after it is not known to be silent.</summary>
    public DateOnly? ObservedThrough { get; set; }

    /// <summary>Grows with every change of lines or kept forecasts, so that what was reckoned of them can be kept until then.</summary>
    public long Revision { get; set; }

    /// <summary>Secret by which customers are drawn, in hexadecimal; empty until it is asked for.</summary>
    public string DrawKey { get; set; } = "";
}
