using System.Diagnostics.Metrics;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Telemetry;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>
/// Keeps count of how versions answer, and takes off what does worse than the limits allow: a challenger that answers customers, and a champion newly promoted, for which the one before serves again.
/// </summary>
internal sealed partial class AutomaticReturn
{
    private readonly ModelStore _store;
    private readonly Champion _champion;
    private readonly Challenger _challenger;
    private readonly ChampionWatcher _championWatcher;
    private readonly ChallengerWatcher _challengerWatcher;
    private readonly Audit _audit;
    private readonly TimeProvider _clock;
    private readonly ChallengerOptions _limits;
    private readonly ILogger<AutomaticReturn> _log;
    private readonly Counter<long> _returns;

    public AutomaticReturn(ModelStore store, Champion champion, Challenger challenger, ChampionWatcher championWatcher, ChallengerWatcher challengerWatcher, Audit audit, TimeProvider clock, IOptions<ServingOptions> options,
        ServiceMeter meter, ILogger<AutomaticReturn> log)
    {
        (_store, _champion, _challenger, _championWatcher, _challengerWatcher) = (store, champion, challenger, championWatcher, challengerWatcher);
        (_audit, _clock, _limits, _log) = (audit, clock, options.Value.Challenger, log);
        _returns = meter.Meter.CreateCounter<long>("customer_value.model.returns", null, "Versions taken off because their answers passed a limit: challengers that answered customers, and champions newly promoted.");
        _returns.Add(0); // so that the first one is a rise
    }

    /// <summary>A version answered.</summary>
    public void Answered(ServedModel served)
    {
        served.Record.AddAnswer();
        if (served.Record.Failures > 0)
            JudgeErrors(served);
    }

    /// <summary>A version failed to answer; what the caller or a store or database is at fault for is none of its failures.</summary>
    public void Failed(ServedModel served, Exception error)
    {
        if (!IsFault(error))
            return;
        served.Record.AddFailure(new FailedAnswer(_clock.GetUtcNow(), error.GetType().Name));
        JudgeErrors(served);
    }

    /// <summary>Whether an exception is a fault of the version or of this program.</summary>
    public static bool IsFault(Exception error) => error is not (ProblemException or BadDataException or OperationCanceledException or ModelStoreException or CustomerBookException);

    /// <summary>A call was answered by the challenger and by the champion.</summary>
    /// <param name="challenger">The challenger.</param>
    /// <param name="shift">Its mean churn probability less the champion's.</param>
    public void Compared(ServedModel challenger, double shift)
    {
        challenger.Record.AddShift(shift);
        (long calls, double mean) = challenger.Record.Shift;
        if (_limits.CanaryShare > 0 && calls >= _limits.MinCalls && Math.Abs(mean) > _limits.MaxChurnShift && ReferenceEquals(challenger, _challenger.Current))
            Return(challenger, FormattableString.Invariant($"mean churn lies {mean:+0.000;-0.000} off the champion's over {calls} calls, more than {_limits.MaxChurnShift}"), "churn");
    }

    private void JudgeErrors(ServedModel served)
    {
        (long calls, long failures) = (served.Record.Calls, served.Record.Failures);
        if (calls < _limits.MinCalls || failures <= _limits.MaxErrorRate * calls)
            return;
        bool isCanary = _limits.CanaryShare > 0 && ReferenceEquals(served, _challenger.Current);
        if (isCanary || (_champion.IsNewly(served) && calls <= _limits.FirstCalls))
            Return(served, FormattableString.Invariant($"{failures} of {calls} calls failed, more than {_limits.MaxErrorRate:0.####} of them"), "errors");
    }

    private void Return(ServedModel served, string why, string reason)
    {
        if (served.Record.MayBeReturned())
            _ = Task.Run(() => ReturnAsync(served, why, reason));
    }

    private async Task ReturnAsync(ServedModel served, string why, string reason)
    {
        string version = served.Model.Version;
        bool isCanary = ReferenceEquals(served, _challenger.Current);
        try
        {
            // Another instance before the same store may have done it.
            if (isCanary ? _store.Challenger != version : _store.Champion != version)
                return;
            string after = isCanary ? _champion.Current?.Model.Version ?? "none" : _store.Rollback();
            if (isCanary)
                _store.TakeOff();
            LogReturned(version, after, why);
            _returns.Add(1, new(ServiceMeter.VersionLabel, version), new("reason", reason), new("role", isCanary ? "challenger" : "champion"));
            await (isCanary ? (VersionWatcher)_challengerWatcher : _championWatcher).LookAsync(CancellationToken.None);
            await _audit.WriteOwnAsync(isCanary ? "take challenger off" : "roll back", $"{version}: {why}");
        }
        catch (Exception error) when (error is ModelStoreException or IOException or UnauthorizedAccessException)
        {
            LogNotReturned(version, why, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "Version {Version} is taken off, {After} serves: {Why}")]
    private partial void LogReturned(string version, string after, string why);

    [LoggerMessage(LogLevel.Error, "Version {Version} is to be taken off and cannot be: {Why}. {Reason}")]
    private partial void LogNotReturned(string version, string why, string reason);
}
