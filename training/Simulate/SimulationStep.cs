using CustomerValue.Data.Diagnostics;
using CustomerValue.Simulation;

namespace CustomerValue.Training.Simulate;

/// <summary>Simulates customers into a folder, all files or none.</summary>
internal static class SimulationStep
{
    public static SimulationSummary Run(string folder, SimulationOptions options, IProgress<StepProgress> progress, CancellationToken cancellation) =>
        SimulationWriter.Write(folder, options, new Steps(progress), cancellation);

    private sealed class Steps(IProgress<StepProgress> progress) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => progress.Report(new StepProgress("simulating customers", value.Customers, value.TotalCustomers, "customers"));
    }
}
