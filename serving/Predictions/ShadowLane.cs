using System.Threading.Channels;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Models;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Predictions;

/// <summary>
/// Asks the other version what it would have said, once a call was answered: one call at a time, with a rest after each that is as long as three of them, so that callers do not feel it.
/// A call that comes while the lane is busy is dropped and counted; nothing waits.
/// </summary>
internal sealed partial class ShadowLane(AutomaticReturn trial, Differences differences, TimeProvider clock, IOptions<ServingOptions> options, ILogger<ShadowLane> log) : BackgroundService
{
    private const int RestTimes = 3;

    private readonly Channel<ShadowCall> _next = Channel.CreateBounded<ShadowCall>(1);
    private int _busy;

    /// <summary>Takes a call that was answered, where the lane is free.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="answered">What was answered.</param>
    /// <param name="challenger">The challenger.</param>
    /// <param name="champion">The champion.</param>
    /// <param name="isCanary">Whether the challenger answered, so that the champion is to be asked.</param>
    public void Offer(ReadOnlySpan<byte> body, PredictionAnswer answered, ServedModel challenger, ServedModel champion, bool isCanary)
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            differences.Count(challenger.Model.Version, "dropped");
        else
            _next.Writer.TryWrite(new ShadowCall(body.ToArray(), answered, challenger, champion, isCanary));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (ShadowCall call in _next.Reader.ReadAllAsync(stoppingToken))
        {
            long started = clock.GetTimestamp();
            differences.Count(call.Challenger.Model.Version, Compare(call, stoppingToken) ? "compared" : "failed");
            await Task.Delay(RestTimes * clock.GetElapsedTime(started), clock, stoppingToken);
            Volatile.Write(ref _busy, 0);
        }
    }

    private bool Compare(ShadowCall call, CancellationToken cancellation)
    {
        ServedModel asked = call.IsCanary ? call.Champion : call.Challenger;
        try
        {
            PredictionAnswer other = Predictor.Answer(Predictor.Check(call.Body, asked, options.Value.Predictions, clock), asked, meter: null, cancellation);
            if (other.AsOf != call.Answered.AsOf)
                return false; // midnight came between the two
            (PredictionAnswer champion, PredictionAnswer challenger) = call.IsCanary ? (other, call.Answered) : (call.Answered, other);
            differences.Add(champion.Predictions, challenger.Predictions);
            trial.Compared(call.Challenger, MeanChurn(challenger) - MeanChurn(champion));
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            if (AutomaticReturn.IsFault(error))
                LogFailed(asked.Model.Version, error.GetType().Name);
            return false;
        }
    }

    private static double MeanChurn(PredictionAnswer answer) => answer.Predictions.Average(one => one.ChurnProbability);

    [LoggerMessage(LogLevel.Warning, "Version {Version} could not answer a call in the shadow: {Kind}")]
    private partial void LogFailed(string version, string kind);

    private sealed record ShadowCall(byte[] Body, PredictionAnswer Answered, ServedModel Challenger, ServedModel Champion, bool IsCanary);
}
