using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Lifetime;

/// <summary>The end of the program: calls under way are finished within a stated time, callers still sending after it are told to try again.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _begin;
    private readonly IHostApplicationLifetime _lifetime;

    public Drain(IHostApplicationLifetime lifetime, IOptions<ServingOptions> options)
    {
        _lifetime = lifetime;
        TimeSpan time = TimeSpan.FromSeconds(options.Value.DrainSeconds);
        _begin = lifetime.ApplicationStopping.Register(() => _over.CancelAfter(time));
    }

    /// <summary>Whether the program is about to end.</summary>
    public bool IsUnderWay => _lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled when the time for calls under way is over.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        _begin.Dispose();
        _over.Dispose();
    }
}
