using System.Diagnostics.Metrics;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Jobs;

/// <summary>How many jobs wait, and how those ended that this program worked on.</summary>
internal sealed class JobInstruments : IInstruments
{
    private static readonly JobState[] s_ends = [JobState.Done, JobState.Failed, JobState.Cancelled];
    private readonly (string Verb, JobState End)[] _kinds = [.. JobOption.AllVerbs.SelectMany(verb => s_ends.Select(end => (verb, end)))];
    private readonly long[] _ended = new long[JobOption.AllVerbs.Count * s_ends.Length];

    /// <summary>Jobs that wait, as last seen.</summary>
    public int Queued { get; set; }

    /// <summary>Counts a job that ended.</summary>
    public void Count(string verb, JobState end) => Interlocked.Increment(ref _ended[Array.IndexOf(_kinds, (verb, end))]);

    public void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("customer_value.jobs.queued", () => Queued, "{job}", "Jobs that wait, of Jobs:MostQueued.");
        meter.CreateObservableCounter("customer_value.jobs.finished", () => _kinds.Select((kind, i) => new Measurement<long>(Interlocked.Read(ref _ended[i]), new("verb", kind.Verb), new("outcome", kind.End.ToString().ToLowerInvariant()))), "{job}", "Jobs that came to an end here, by what was done and how it ended.");
    }
}
