using System.ComponentModel.DataAnnotations;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>How aggregates are computed.</summary>
public sealed record AggregatorOptions
{
    /// <summary>What negative amounts do. Default: netted against the customer's purchases.</summary>
    public ReturnsPolicy Returns { get; init; } = ReturnsPolicy.Net;

    /// <summary>Threads that work side by side; results do not depend on it. Default: one per processor; allowed 1 to 256.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = Math.Min(256, Environment.ProcessorCount);

    /// <summary>
    /// Half-open range of the log's customers that is looked at. Default: all. A big log is worked through in blocks of bounded memory by asking for one range after the other.
    /// </summary>
    public Range Customers { get; init; } = Range.All;
}
