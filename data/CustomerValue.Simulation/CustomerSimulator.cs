namespace CustomerValue.Simulation;

/// <summary>Simulates customers whose true rates are known, so that models can be checked against the truth.</summary>
/// <remarks>The formulas stand in <c>docs/simulator.md</c>.</remarks>
public static class CustomerSimulator
{
    /// <summary>Blocks of customers, in order, each its own object; simulated on <see cref="SimulationOptions.Threads"/> threads as they are asked for.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="progress">Told about a hundred times; may be null.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists all violations. Thrown at once.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<CustomerBlock> Simulate(
        SimulationOptions options, IProgress<SimulationProgress>? progress = null, CancellationToken cancellation = default)
    {
        SimulationOptionsCheck.ThrowIfInvalid(options);
        return Blocks(new SimulationModel(options), progress, cancellation);
    }

    private static IEnumerable<CustomerBlock> Blocks(SimulationModel model, IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        SimulationReporter reporter = new(model, progress);
        IEnumerable<BlockSlot> slots = OrderedPipeline.Run(
            model.Blocks, model.Options.Threads, () => new BlockDraw(model), () => new BlockSlot(), Fill, cancellation);
        foreach (BlockSlot slot in slots)
        {
            reporter.Add(slot.Block);
            yield return slot.Block;
        }
    }

    private static void Fill(BlockDraw draw, BlockSlot slot, int index)
    {
        slot.Block = new CustomerBlock();
        draw.Fill(slot.Block, index);
    }

    private sealed class BlockSlot
    {
        public CustomerBlock Block { get; set; } = new();
    }
}
