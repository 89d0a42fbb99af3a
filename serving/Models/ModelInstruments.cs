using System.Diagnostics.Metrics;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Models;

/// <summary>Which version serves, how old it is, whether another one waits, and how far those it answers for have moved from those it was trained on.</summary>
internal sealed class ModelInstruments(Champion champion, ModelStore store) : IInstruments
{
    private const string KindLabel = "kind", NameLabel = "name";

    public void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("customer_value.model.ready", () => champion.Current is null ? 0 : 1, null, "1 where a version serves, else 0.");
        meter.CreateObservableGauge("customer_value.model.pending", () => IsPending ? 1 : 0, null, "1 while the promoted version is not the one that serves: it loads, or it was refused.");
        meter.CreateObservableGauge("customer_value.model.info", () => OfServed(served => [new Measurement<double>(1, [.. Version(served), new("model.name", served.Manifest.Model)])]), null, "Always 1; the version that serves and the name of its model as labels.");
        Time("created", served => served.Manifest.Created, "When the version that serves was trained, in seconds since 1970.");
        Time("cutoff", served => new DateTimeOffset(served.Manifest.Cutoff, TimeOnly.MinValue, TimeSpan.Zero), "First day after what the version that serves was learnt from, in seconds since 1970.");
        Time("loaded", served => served.Since, "Since when the version serves, in seconds since 1970.");
        Drift("stability", moved => moved.Stability, null, "Population stability index between the latest customers answered for and those of the training, by score and by feature; 0 where nothing moved.");
        Drift("limit", moved => moved.Limit, null, "Stability index above which the movement counts as drift: threshold, chance or what is usual in that time, whichever is most.");
        Drift("customers", moved => moved.Customers, "{customer}", "Customers that the index is measured on.");

        void Time(string what, Func<ServedModel, DateTimeOffset> time, string says) =>
            meter.CreateObservableGauge($"customer_value.model.{what}.timestamp", () => OfServed(served => [new Measurement<double>(time(served).ToUnixTimeSeconds(), Version(served))]), "s", says);

        void Drift(string what, Func<RunningDrift, double> figure, string? unit, string says) =>
            meter.CreateObservableGauge($"customer_value.drift.{what}", () => OfServed(served => [.. Measure("score", served.Drift?.Scores(), figure), .. Measure("feature", served.Drift?.Features(), figure)]), unit, says);

        static IEnumerable<Measurement<double>> Measure(string kind, IReadOnlyList<RunningDrift>? moved, Func<RunningDrift, double> figure) =>
            (moved ?? []).Select(one => new Measurement<double>(figure(one), new(KindLabel, kind), new(NameLabel, one.Name)));
    }

    private bool IsPending
    {
        get
        {
            try
            {
                return store.Champion is { } promoted && promoted != champion.Current?.Model.Version;
            }
            catch (ModelStoreException)
            {
                return true;
            }
        }
    }

    private IEnumerable<Measurement<double>> OfServed(Func<ServedModel, IEnumerable<Measurement<double>>> measure) => champion.Current is { } served ? measure(served) : [];

    private static KeyValuePair<string, object?>[] Version(ServedModel served) => [new(ServiceMeter.VersionLabel, served.Model.Version)];
}
