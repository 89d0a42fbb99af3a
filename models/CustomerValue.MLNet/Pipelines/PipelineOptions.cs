namespace CustomerValue.MLNet;

/// <summary>How a pipeline takes part in the race.</summary>
public sealed record PipelineOptions
{
    /// <summary>Rows of past origins at most; more are sampled by the race's seed. Default: all. Four fifths are learnt from, one fifth calibrates.</summary>
    public int MostRows { get; init; } = int.MaxValue;

    /// <summary>What the model says of itself behind its name, such as its kind and size.</summary>
    public string Description { get; init; } = "a pipeline";
}
