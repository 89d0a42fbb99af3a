using System.Diagnostics.Metrics;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>What one service of this process measured of itself. Its /metrics also tells what others in the process measure under the same names. Every measurement is kept: for tests of a few calls.</summary>
internal sealed class HostMeasurements : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly List<(Instrument Instrument, double Value, Dictionary<string, string?> Labels)> _measured = [];

    /// <param name="meters">Where the service gets its meters.</param>
    public HostMeasurements(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServiceMeter.Name && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(Take);
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, state) => Take(instrument, value, labels, state));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, state) => Take(instrument, value, labels, state));
        _listener.Start();
    }

    /// <summary>The sum of what an instrument with labels measured, as of now.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels) => Of(name, labels).Sum();

    /// <summary>How often an instrument with labels measured.</summary>
    public int Count(string name, params (string Label, string Value)[] labels) => Of(name, labels).Length;

    public void Dispose() => _listener.Dispose();

    private double[] Of(string name, (string Label, string Value)[] labels)
    {
        lock (_lock)
        {
            _measured.RemoveAll(one => one.Instrument.IsObservable); // they are asked again
            _listener.RecordObservableInstruments();
            return [.. _measured.Where(one => one.Instrument.Name == name && labels.All(label => one.Labels.GetValueOrDefault(label.Label) == label.Value)).Select(one => one.Value)];
        }
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, object? state)
    {
        Dictionary<string, string?> words = [];
        foreach ((string label, object? word) in labels)
            words[label] = word?.ToString();
        lock (_lock)
            _measured.Add((instrument, value, words));
    }
}
