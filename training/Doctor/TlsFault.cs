using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Doctor;

/// <summary>What is wrong with a certificate, so that no caller believes the service.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Advice">The way out.</param>
internal sealed record TlsFault(string Found, string Expected, string Advice)
{
    /// <summary>The fault of a certificate that was shown; null for none. Its time comes first, then its name, then who signed it: the order in which they are mended most often.</summary>
    public static TlsFault? Of(X509Certificate2 shown, X509Chain? chain, SslPolicyErrors errors, string host, DateTimeOffset now) =>
        errors == SslPolicyErrors.None ? null
        : shown.NotAfter < now.LocalDateTime ? new TlsFault($"expired on {Day(shown.NotAfter)}", "one that is good today", "Renew it where TLS ends, at the proxy or under Kestrel:Endpoints.")
        : shown.NotBefore > now.LocalDateTime ? new TlsFault($"good from {Day(shown.NotBefore)} on", "one that is good today", "Wait, or set the clock of this machine right.")
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? new TlsFault($"for {Names(shown)}", $"one for {host}", "Call the service by a name of its certificate, or get one for this name.")
        : shown.SubjectName.RawData.AsSpan().SequenceEqual(shown.IssuerName.RawData) ? new TlsFault("signed by itself", "one that an authority signed whom this machine trusts", "Get one from an authority, or add this one to what this machine trusts.")
        : new TlsFault($"signed by {shown.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}: {Reasons(chain)}", "one that an authority signed whom this machine trusts", "Let the service send the certificates between as well, or add the authority to what this machine trusts.");

    private static string Names(X509Certificate2 shown)
    {
        string[] names = [.. shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))];
        return names.Length > 0 ? string.Join(", ", names) : "no name";
    }

    private static string Reasons(X509Chain? chain) => string.Join(", ", chain?.ChainStatus.Select(status => status.StatusInformation.TrimEnd('.', '\n', '\r')).Distinct() ?? []) is { Length: > 0 } reasons ? reasons : "not to be followed to one that is trusted";

    private static string Day(DateTime moment) => Figures.Day(DateOnly.FromDateTime(moment));
}
