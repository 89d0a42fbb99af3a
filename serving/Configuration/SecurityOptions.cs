using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using CustomerValue.CustomerBook.Access;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

/// <summary>Where people sign in.</summary>
internal sealed class SecurityOptions
{
    /// <summary>Whether people sign in with a name and a password that are kept here. Default true; false where a server of OpenID Connect signs everyone in.</summary>
    public bool LocalAccounts { get; set; } = true;

    /// <summary>The server that signs people in.</summary>
    [ValidateObjectMembers] public OpenIdSettings OpenIdConnect { get; set; } = new();

    /// <summary>What is wrong with them together.</summary>
    public IEnumerable<string> Faults() => !LocalAccounts && !OpenIdConnect.IsConfigured
        ? [.. OpenIdConnect.Faults(), "Security:LocalAccounts: found false and no server, expected Security:OpenIdConnect:Authority with it; else nobody could sign in."] : OpenIdConnect.Faults();
}

/// <summary>A server of OpenID Connect that signs people in (authorization code with PKCE, OpenID Connect Core 1.0 and RFC 7636).</summary>
internal sealed class OpenIdSettings
{
    private const int MostSecretBytes = 4096;
    private const string Here = "Security:OpenIdConnect";
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Address of the server, which describes itself at <c>.well-known/openid-configuration</c> below it. Default: none.</summary>
    public string? Authority { get; set; }

    /// <summary>Name under which the server knows this service. Default: none; must be given with <see cref="Authority"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret of that name; best by environment. Default: none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>File of the secret, in place of <see cref="ClientSecret"/>, not for everyone to read. Default: none.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What the server is asked for, words parted by blanks. Default <c>openid profile</c>.</summary>
    [Required] public string AskFor { get; set; } = "openid profile";

    /// <summary>Claim that names a person for others. Default <c>preferred_username</c>; the claim <c>sub</c> where there is none.</summary>
    [Required] public string NameClaim { get; set; } = "preferred_username";

    /// <summary>Claim that says what a person is, words parted by blanks or a list. Default <c>roles</c>.</summary>
    [Required] public string RoleClaim { get; set; } = "roles";

    /// <summary>Which role each word of that claim gives, <c>word=role</c> parted by semicolons. Default: words are roles themselves.</summary>
    public string? Roles { get; set; }

    /// <summary>Address by which browsers reach this service where a proxy stands before it. Default: the one that the call names.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Hours after which a person must be signed in again. Default 8; allowed 1 to 24.</summary>
    [Range(1, 24)] public int SessionHours { get; set; } = 8;

    /// <summary>Whether a server signs people in.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>The server's name, for people.</summary>
    public string Host => Uri.TryCreate(Authority, UriKind.Absolute, out Uri? uri) ? uri.Host : "";

    /// <summary>Tells these settings from others: who was signed in under others is not under these.</summary>
    public string Stamp => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Authority, ClientId, NameClaim, RoleClaim, Roles))));

    /// <summary>Reads the secret; null where there is none.</summary>
    /// <exception cref="FormatException">Its file cannot be read, is empty or for everyone to read.</exception>
    public string? ReadSecret()
    {
        if (string.IsNullOrWhiteSpace(ClientSecretFile))
            return string.IsNullOrWhiteSpace(ClientSecret) ? null : ClientSecret;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(ClientSecretFile) & Others) != 0)
                throw new FormatException($"{ClientSecretFile}: found a file that everyone may read or write, expected one for its owner or group alone; chmod 640 it.");
            return new FileInfo(ClientSecretFile).Length <= MostSecretBytes && File.ReadAllText(ClientSecretFile).Trim() is { Length: > 0 } secret
                ? secret : throw new FormatException($"{ClientSecretFile}: found nothing or more than {MostSecretBytes} bytes, expected one line with the secret.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{error.Message.TrimEnd('.')}; expected a file of one line with the secret.", error);
        }
    }

    /// <summary>What is wrong with them together.</summary>
    public IEnumerable<string> Faults()
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrWhiteSpace(ClientId) || !string.IsNullOrWhiteSpace(ClientSecret) || !string.IsNullOrWhiteSpace(ClientSecretFile))
                yield return $"{Here}: found a client and no server, expected {Here}:Authority with it.";
            yield break;
        }
        if (!JwtOptions.IsSafe(Authority))
            yield return $"{Here}:Authority: found '{Authority}', expected an address of https, or of this machine.";
        if (string.IsNullOrWhiteSpace(ClientId))
            yield return $"{Here}:ClientId: found none, expected the name under which the server knows this service; register it there with the address {{this service}}/sign-in/openid/back.";
        if (!string.IsNullOrWhiteSpace(ClientSecret) && !string.IsNullOrWhiteSpace(ClientSecretFile))
            yield return $"{Here}: found ClientSecret and ClientSecretFile, expected one of them.";
        if (!AskFor.Split(' ').Contains("openid"))
            yield return $"{Here}:AskFor: found '{AskFor}', expected words with openid among them; without it the server does not say who somebody is.";
        if (!string.IsNullOrWhiteSpace(PublicAddress) && !(JwtOptions.IsSafe(PublicAddress) && new Uri(PublicAddress).PathAndQuery == "/"))
            yield return $"{Here}:PublicAddress: found '{PublicAddress}', expected an address of https without a path, such as https://values.example.com.";
        if (Fault(() => ClaimWords.Read(Roles, "role", AccessRole.All)) is { } roles)
            yield return $"{Here}:Roles: {roles}";
        if (Fault(() => ReadSecret()) is { } secret)
            yield return $"{Here}:ClientSecretFile: {secret}";
    }

    private static string? Fault(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
