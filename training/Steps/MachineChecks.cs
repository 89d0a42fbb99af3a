using System.Numerics;
using System.Runtime.InteropServices;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Rendering;

namespace CustomerValue.Training.Steps;

/// <summary>Runtime, processors, memory, culture and time zone.</summary>
internal static class MachineChecks
{
    private const long LittleMemory = 1_000_000_000;

    public static IEnumerable<Check> All(CommandEnvironment environment)
    {
        yield return new Check("program", CheckState.Fine, TrainingRun.Product);
        yield return new Check("runtime", CheckState.Fine, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        yield return new Check("processors", CheckState.Fine, $"{Environment.ProcessorCount}, vectors of {Vector<byte>.Count * 8} bits");
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return memory < LittleMemory
            ? new Check("memory", CheckState.Note, Figures.Bytes(memory), "Enough for some ten million transactions; give more for bigger logs.")
            : new Check("memory", CheckState.Fine, Figures.Bytes(memory));
        yield return AppContext.TryGetSwitch("System.Globalization.Invariant", out bool invariant) && invariant
            ? new Check("culture", CheckState.Fine, "invariant: numbers and dates are read and written the same everywhere")
            : new Check("culture", CheckState.Note, "the machine's", "Set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1.");
        yield return new Check("today", CheckState.Fine, $"{Figures.Day(environment.Today)} in time zone {environment.Clock.LocalTimeZone.Id}; later dates in transactions are rejected");
        yield return new Check("terminal", CheckState.Fine, (environment.OutIsTerminal ? $"{environment.Width} columns" : "none: plain text")
            + (environment is { OutIsTerminal: true, Colour: false } ? ", no colour (NO_COLOR)" : ""));
        yield return new Check("ML.NET engine", CheckState.Fine, Entrants.MLNet);
    }
}
