using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Serving.Requests;

/// <summary>What customers really bought and gave back.</summary>
/// <remarks>The form of a call, for its description, as <see cref="PredictionRequest"/>.</remarks>
internal sealed class OutcomeReport
{
    /// <summary>First day that the report speaks of. Default: the earliest of its lines.</summary>
    /// <example>2011-09-01</example>
    public DateOnly? From { get; init; }

    /// <summary>Last day that it speaks of: all that was bought until then was reported. Default: the latest of its lines.</summary>
    /// <example>2011-09-07</example>
    public DateOnly? Through { get; init; }

    /// <summary>The lines, in any order.</summary>
    [Required] public IReadOnlyList<OutcomeReportLine?>? Transactions { get; init; }
}

/// <summary>One line of what a customer really bought or gave back.</summary>
internal sealed class OutcomeReportLine
{
    /// <summary>The customer, 1 to 200 characters.</summary>
    /// <example>C-1001</example>
    [Required] public string? CustomerId { get; init; }

    /// <summary>The day.</summary>
    /// <example>2011-09-03</example>
    [Required] public DateOnly? Date { get; init; }

    /// <summary>Money of the line; negative for a return. At most 1e12 in size.</summary>
    /// <example>24.9</example>
    [Required] public double? Amount { get; init; }

    /// <summary>What tells the line from an equal one of the same customer and day; at most 200 characters. The same line is counted once, however often it is reported.</summary>
    public string? Id { get; init; }
}
