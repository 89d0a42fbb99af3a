using System.Security.Cryptography;
using System.Text;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>The version that is tried against the champion: one reference, replaced as a whole. Once it is promoted it is tried against nobody.</summary>
internal sealed class Challenger(Champion champion, IOptions<ServingOptions> options)
{
    private readonly ChallengerOptions _options = options.Value.Challenger;
    private volatile State _state = State.None;

    /// <summary>The version, or null while none is loaded.</summary>
    public ServedModel? Current => StateNow.Served;

    /// <summary>The version that was named and is not loaded, or null.</summary>
    public RefusedVersion? Refused => StateNow.Refused;

    /// <summary>Where it stands; null where none is named.</summary>
    public ChallengerState? Standing => StateNow switch
    {
        { Served: { } served } => new ChallengerState(served.Model.Version, served.Since, null, served.Record.LastFailure),
        { Refused: { } refused } => new ChallengerState(refused.Version, null, refused, null),
        _ => null,
    };

    private State StateNow => _state is var state && state.Served is { } served && served.Model.Version == champion.Current?.Model.Version ? State.None : state;

    /// <summary>Tries a version.</summary>
    /// <param name="served">The version.</param>
    /// <param name="key">Secret by which customers are told apart.</param>
    public void Try(ServedModel served, byte[] key) => _state = new State(served, null, key);

    public void Refuse(RefusedVersion refused) => _state = new State(null, refused, []);

    /// <summary>Tries none any more.</summary>
    /// <returns>The version that was named, loaded or not; null where none was.</returns>
    public string? Clear()
    {
        (ServedModel? served, RefusedVersion? refused, _) = _state;
        _state = State.None;
        return served?.Model.Version ?? refused?.Version;
    }

    /// <summary>The version where it is to answer a customer alone, or null. The same customer always meets the same version while the share only grows.</summary>
    public ServedModel? ForCanary(string customer) => _options.CanaryShare > 0 && StateNow is { Served: { } served } state && ShareOf(state.Key, "canary", customer) < _options.CanaryShare ? served : null;

    /// <summary>The version where it is to be asked as well, once a call was answered, or null.</summary>
    /// <param name="customer">The first customer of the call.</param>
    public ServedModel? ForShadow(string customer) => _options.ShadowShare > 0 && StateNow is { Served: { } served } state && ShareOf(state.Key, "shadow", customer) < _options.ShadowShare ? served : null;

    /// <summary>A number from 0 to 1 that a customer always has, and that tells nobody without the key anything.</summary>
    private static double ShareOf(byte[] key, string purpose, string customer) =>
        (BitConverter.ToUInt64(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{customer}"))) >> 11) * Math.ScaleB(1, -53);

    private sealed record State(ServedModel? Served, RefusedVersion? Refused, byte[] Key)
    {
        public static readonly State None = new(null, null, []);
    }
}
