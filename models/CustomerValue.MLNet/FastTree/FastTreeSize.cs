namespace CustomerValue.MLNet.FastTree;

/// <summary>How much FastTree learns, and so how long it takes.</summary>
/// <param name="Rows">Rows of past origins at most, those that calibrate among them; more are sampled by the race's seed.</param>
/// <param name="Trees">Trees a target.</param>
/// <param name="LearningRate">Share of each tree's step that is taken.</param>
internal sealed record FastTreeSize(int Rows, int Trees, double LearningRate)
{
    /// <summary>A budget: sampled rows and few trees, so that it costs no more than a fifth of a race; measured on the demo: .15 of its processor time.</summary>
    public static FastTreeSize Budget { get; } = new(10_000, 40, 0.2);

    /// <summary>Every row, as many trees as help.</summary>
    public static FastTreeSize Full { get; } = new(int.MaxValue, 200, 0.05);
}
