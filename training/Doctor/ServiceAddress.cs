using System.Net;
using System.Net.Sockets;

namespace CustomerValue.Training.Doctor;

/// <summary>Where a service is, and who can listen to what is said on the way.</summary>
internal static class ServiceAddress
{
    private const int CarrierGradeFirst = 100, CarrierGradeSecond = 64;

    /// <summary>Reads an address of http or https; what follows the path is left off.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0 && address.UserInfo.Length == 0
            ? new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
            : throw new FormatException("the address of a service, such as https://values.example.com or http://127.0.0.1:5000");

    /// <summary>How far the addresses of a host reach: the farthest of them.</summary>
    public static Reach ReachOf(IEnumerable<IPAddress> addresses) => addresses.Select(ReachOf).DefaultIfEmpty(Reach.Public).Max();

    /// <summary>How far one address reaches (RFC 1918, 3927, 4193, 4291, 6598).</summary>
    public static Reach ReachOf(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return Reach.Machine;
        byte[] bytes = plain.GetAddressBytes();
        bool isPrivate = plain.AddressFamily == AddressFamily.InterNetworkV6
            ? plain.IsIPv6LinkLocal || plain.IsIPv6UniqueLocal
            : bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254) || (bytes[0] == CarrierGradeFirst && (bytes[1] & 0xC0) == CarrierGradeSecond);
        return isPrivate ? Reach.Network : Reach.Public;
    }

    /// <summary>The check of an address.</summary>
    public static DoctorCheck Check(Uri service, Reach reach)
    {
        string place = service.ToString();
        if (service.Scheme == Uri.UriSchemeHttps)
            return new DoctorCheck("address", CheckState.Fine, $"{place}: TLS") { Place = place };
        return reach switch
        {
            Reach.Machine => new DoctorCheck("address", CheckState.Fine, $"{place}: this machine alone") { Place = place },
            Reach.Network => new DoctorCheck("address", CheckState.Note, $"{place}: a private network without TLS", "Whoever can listen on that network reads keys and customers; put a proxy with TLS in front (docs/deployment.md).") { Place = place, Expected = "https://" },
            _ => new DoctorCheck("address", CheckState.Broken, $"{place}: a public address without TLS", "Put a proxy with TLS in front and let the service listen on 127.0.0.1 (docs/deployment.md). No key was sent.") { Place = place, Expected = "https://" },
        };
    }
}

/// <summary>Who can reach an address, nearest first.</summary>
internal enum Reach
{
    /// <summary>Programs of this machine.</summary>
    Machine,

    /// <summary>A private network.</summary>
    Network,

    /// <summary>Everyone.</summary>
    Public,
}
