namespace CustomerValue.Client;

/// <summary>Who calls, and how patient to be.</summary>
public sealed record ClientOptions
{
    private readonly int _mostRetries = 3;

    /// <summary>Secret of a key; null while the service asks for none. <c>customer-value keys add</c> makes one.</summary>
    public string? Key { get; init; }

    /// <summary>How often a call is sent again where the service answers 429 or 503 and says when to (<c>Retry-After</c>). Default 3; allowed 0 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int MostRetries
    {
        get => _mostRetries;
        init => _mostRetries = value is >= 0 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected 0 to 100 retries.");
    }

    /// <summary>A service that asks for more patience than this is not waited for: its problem is thrown at once. Default 30 seconds.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take until its answer begins; calls that send a file may take any time. Default 100 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>What waits. Default the clock of the system.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
