using System.Security.Cryptography;
using System.Text;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>The version that is tried against the champion: one reference, replaced as a whole.</summary>
internal sealed class Challenger(IOptions<ServingOptions> options)
{
    private readonly ChallengerOptions _options = options.Value.Challenger;
    private volatile State _state = new(null, null, []);

    /// <summary>The version, or null while none is loaded.</summary>
    public ServedModel? Current => _state.Served;

    /// <summary>The version that was named and is not loaded, or null.</summary>
    public RefusedVersion? Refused => _state.Refused;

    /// <summary>Where it stands; null where none is named.</summary>
    public ChallengerState? Standing => _state is { Served: null, Refused: null } ? null
        : new ChallengerState(_state.Served?.Model.Version ?? _state.Refused?.Version, _state.Served?.Since, _state.Refused, _state.Served?.Record.LastFailure);

    /// <summary>Tries a version.</summary>
    /// <param name="served">The version.</param>
    /// <param name="key">Secret by which customers are told apart.</param>
    public void Try(ServedModel served, byte[] key) => _state = new State(served, null, key);

    public void Refuse(RefusedVersion refused) => _state = new State(null, refused, []);

    public void Clear() => _state = new State(null, null, []);

    /// <summary>The version where it is to answer a customer alone, or null. The same customer always meets the same version while the share only grows.</summary>
    public ServedModel? ForCanary(string customer) => _options.CanaryShare > 0 && _state is { Served: { } served } state && ShareOf(state.Key, "canary", customer) < _options.CanaryShare ? served : null;

    /// <summary>The version where it is to be asked as well, once a call was answered, or null.</summary>
    /// <param name="customer">The first customer of the call.</param>
    public ServedModel? ForShadow(string customer) => _options.ShadowShare > 0 && _state is { Served: { } served } state && ShareOf(state.Key, "shadow", customer) < _options.ShadowShare ? served : null;

    /// <summary>A number from 0 to 1 that a customer always has, and that tells nobody without the key anything.</summary>
    private static double ShareOf(byte[] key, string purpose, string customer) =>
        (BitConverter.ToUInt64(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{customer}"))) >> 11) * Math.ScaleB(1, -53);

    private sealed record State(ServedModel? Served, RefusedVersion? Refused, byte[] Key);
}
