using System.Numerics;
using System.Runtime.InteropServices;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Doctor;

/// <summary>Runtime, processors, memory, culture and time zone.</summary>
internal static class MachineChecks
{
    private const long LittleMemory = 1_000_000_000;

    public static IEnumerable<DoctorCheck> All(CommandEnvironment environment)
    {
        yield return new DoctorCheck("program", CheckState.Fine, ThisProgram.Product);
        yield return new DoctorCheck("runtime", CheckState.Fine, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        yield return new DoctorCheck("processors", CheckState.Fine, $"{Environment.ProcessorCount}, vectors of {Vector<byte>.Count * 8} bits");
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return memory < LittleMemory
            ? new DoctorCheck("memory", CheckState.Note, Figures.Bytes(memory), "Enough for some ten million transactions; give more for bigger logs.")
            : new DoctorCheck("memory", CheckState.Fine, Figures.Bytes(memory));
        yield return AppContext.TryGetSwitch("System.Globalization.Invariant", out bool invariant) && invariant
            ? new DoctorCheck("culture", CheckState.Fine, "invariant: numbers and dates are read and written the same everywhere")
            : new DoctorCheck("culture", CheckState.Note, "the machine's", "Set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1.");
        yield return new DoctorCheck("today", CheckState.Fine, $"{Figures.Day(environment.Today)} in time zone {environment.Clock.LocalTimeZone.Id}; later dates in transactions are rejected");
        yield return new DoctorCheck("terminal", CheckState.Fine, (environment.OutIsTerminal ? $"{environment.Width} columns" : "none: plain text")
            + (environment is { OutIsTerminal: true, Colour: false } ? ", no colour (NO_COLOR)" : ""));
        yield return new DoctorCheck("ML.NET", CheckState.Fine, Entrants.MLNet);
    }
}
