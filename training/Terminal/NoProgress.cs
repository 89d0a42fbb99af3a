using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Training.Terminal;

/// <summary>Progress nobody asked for.</summary>
internal sealed class NoProgress : IProgress<StepProgress>
{
    public static NoProgress Instance { get; } = new();

    public void Report(StepProgress value)
    {
        // --quiet: nobody looks.
    }
}
