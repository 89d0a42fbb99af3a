using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Training.Terminal;

/// <summary>Progress as plain lines: one when a step ends, with what was done and how long it took.</summary>
internal sealed class LineProgress(TextWriter writer, TimeProvider clock) : IProgress<StepProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private StepProgress _current;
    private long _started;

    public static async Task<T> RunAsync<T>(TextWriter writer, TimeProvider clock, Func<IProgress<StepProgress>, Task<T>> work)
    {
        using LineProgress lines = new(writer, clock);
        return await work(lines).ConfigureAwait(false);
    }

    public void Report(StepProgress value)
    {
        lock (_lock)
        {
            if (value.Phase != _current.Phase)
            {
                Finish();
                _started = clock.GetTimestamp();
            }
            _current = value;
        }
    }

    public void Dispose()
    {
        lock (_lock)
            Finish();
    }

    private void Finish()
    {
        if (_current.Phase is null)
            return;
        string done = Units(_current) is { Length: > 0 } units ? $": {units}" : "";
        writer.WriteLine($"{_current.Phase}{done} in {Figures.Duration(clock.GetElapsedTime(_started))}");
        _current = default;
    }

    /// <summary>12,345 rows, or 1.4 MB; nothing where a step has no count of its own.</summary>
    public static string Units(StepProgress step) => step.Done == 0 || step.Unit is "candidates" or "targets" ? ""
        : step.Unit == "bytes" ? Figures.Bytes(step.Done) : $"{Figures.Count(step.Done)} {step.Unit}";
}
