namespace CustomerValue.Simulation;

/// <summary>Reports progress about a hundred times, and always at the end.</summary>
internal sealed class SimulationReporter(SimulationModel model, IProgress<SimulationProgress>? progress)
{
    private readonly int _every = Math.Max(1, model.Blocks / 100);
    private int _blocks;
    private int _customers;
    private long _lines;

    public void Add(CustomerBlock block)
    {
        _customers += block.CustomerCount;
        _lines += block.LineRows.Count;
        if (progress is not null && (++_blocks % _every == 0 || _customers == model.Options.Customers))
            progress.Report(new SimulationProgress(_customers, model.Options.Customers, _lines));
    }
}
