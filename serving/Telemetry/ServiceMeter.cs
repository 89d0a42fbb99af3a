using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace CustomerValue.Serving.Telemetry;

/// <summary>What this program measures of itself. Labels are words of which there are few: routes, kinds of problems, versions; never anything of a customer.</summary>
internal sealed class ServiceMeter(IMeterFactory meters)
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "CustomerValue.Serving";

    /// <summary>Labels that several instruments have.</summary>
    public const string VersionLabel = "model.version", LaneLabel = "lane";

    /// <summary>Version of this program.</summary>
    public static string ProgramVersion { get; } = typeof(ServiceMeter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Steps of work worth a place in a trace; costs nothing while nobody collects traces.</summary>
    public static ActivitySource Steps { get; } = new(Name, ProgramVersion);

    /// <summary>Makes instruments.</summary>
    public Meter Meter { get; } = meters.Create(Name, ProgramVersion);
}

/// <summary>Instruments that are looked at when somebody asks for metrics; each feature adds its own.</summary>
internal interface IInstruments
{
    /// <summary>Adds them; called once, when the program starts.</summary>
    void AddTo(Meter meter);
}
