namespace CustomerValue.Data.Aggregates;

/// <summary>One number per customer: a kind of aggregate of a column within a window of days.</summary>
/// <param name="Name">Unique snake_case name, for example <c>spend_sum_90d</c>.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Column">What it is done with.</param>
/// <param name="Window">The days that are looked at.</param>
/// <param name="Level">The one weekday or channel that is counted, for counts of <see cref="AggregateColumn.Weekday"/> and <see cref="AggregateColumn.Channel"/>; null otherwise.</param>
public sealed record AggregateDefinition(string Name, AggregateKind Kind, AggregateColumn Column, DayWindow Window, string? Level = null);
