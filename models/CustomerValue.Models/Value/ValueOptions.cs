using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Models.Value;

/// <summary>How lifetime value is reckoned.</summary>
public sealed record ValueOptions
{
    /// <summary>Months ahead that count. Default 36; allowed 1 to 120.</summary>
    [Range(1, 120)] public int HorizonMonths { get; init; } = 36;

    /// <summary>Discount rate a year, as a share. Default .10; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double AnnualDiscountRate { get; init; } = 0.10;

    /// <summary>Margin as a share of spend where transactions carry none. Default 1 (value is revenue); allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double DefaultMarginRate { get; init; } = 1;
}
