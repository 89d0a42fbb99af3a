using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Security;

/// <summary>What every token (JWT) must be, whoever brings it: signed with a key of two halves, for this service, of the issuer, and with an end.</summary>
internal static class SignedTokens
{
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(30), s_wait = TimeSpan.FromSeconds(10);

    /// <summary>Keys of two halves alone: a public key can never be taken for a shared secret, and an unsigned token is none.</summary>
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Longest time that an issuer may take to answer.</summary>
    public static TimeSpan Wait => s_wait;

    /// <summary>How tokens are checked.</summary>
    /// <param name="audience">Whom they must be for.</param>
    public static TokenValidationParameters For(string? audience) => new()
    {
        ValidAlgorithms = s_algorithms,
        ValidAudience = audience,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        ClockSkew = s_skew,
    };

    /// <summary>What an issuer says of itself, read anew where it was never read.</summary>
    /// <returns>Null where it cannot be reached.</returns>
    public static async Task<OpenIdConnectConfiguration?> IssuerAsync(IConfigurationManager<OpenIdConnectConfiguration> issuer, CancellationToken cancellation)
    {
        // Those who ask while one waits for the issuer stand in a line behind it.
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_wait);
        try
        {
            return await issuer.GetConfigurationAsync(patience.Token);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
