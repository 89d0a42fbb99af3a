using System.Diagnostics.Metrics;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Calls;

/// <summary>How full the lanes of calls are.</summary>
internal sealed class CallInstruments(CallDesk desk, BodyBuffer bodies) : IInstruments
{
    private static readonly KeyValuePair<string, object?> s_single = new(ServiceMeter.LaneLabel, "single"), s_batch = new(ServiceMeter.LaneLabel, "batch");

    public void AddTo(Meter meter)
    {
        meter.CreateObservableUpDownCounter("customer_value.calls.active", () => (Measurement<long>[])[new(desk.Singles.UnderWay, s_single), new(desk.Batches.UnderWay, s_batch)], "{call}", "Calls that are worked on.");
        meter.CreateObservableUpDownCounter("customer_value.calls.waiting", () => (Measurement<long>[])[new(desk.Singles.Ahead, s_single), new(desk.Batches.Waiting, s_batch)], "{call}", "Calls that wait for a processor; of single calls the items that wait for a thread.");
        meter.CreateObservableUpDownCounter("customer_value.calls.bodies", () => bodies.Lent, "By", "Memory that bodies of batches under way take.");
    }
}
