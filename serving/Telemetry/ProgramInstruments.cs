using System.Diagnostics.Metrics;
using CustomerValue.Serving.Lifetime;

namespace CustomerValue.Serving.Telemetry;

/// <summary>Which program this is, and whether it is about to end.</summary>
internal sealed class ProgramInstruments(Drain drain) : IInstruments
{
    public void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("customer_value.build.info", () => new Measurement<int>(1, new("version", ServiceMeter.ProgramVersion), new("runtime", Environment.Version.ToString())), null, "Always 1; version of this program and of its runtime as labels.");
        meter.CreateObservableGauge("customer_value.draining", () => drain.IsUnderWay ? 1 : 0, null, "1 once the program was told to end, else 0.");
    }
}
