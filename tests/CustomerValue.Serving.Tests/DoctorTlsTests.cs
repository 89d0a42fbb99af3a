using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>What <c>doctor --service</c> says of certificates: the real service listens with each, and an authority of the test's own is trusted by the process that looks.</summary>
public sealed class DoctorTlsTests(TrainedStore trained) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), _strangerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _authorityKey.Dispose();
        _strangerKey.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Certificates_that_no_caller_believes_are_told_apart_with_the_way_out()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 authority = Authority("An authority", _authorityKey), stranger = Authority("A stranger", _strangerKey);
        string trusted = _folder.PathOf("authority.pem");
        File.WriteAllText(trusted, authority.ExportCertificatePem());
        (string Kind, X509Certificate2? Signer, string Name, DateTimeOffset From, DateTimeOffset To, string State, string Found)[] kinds =
        [
            ("a-good", authority, "127.0.0.1", now.AddDays(-1), now.AddDays(90), "fine", "good until"),
            ("b-soon", authority, "127.0.0.1", now.AddDays(-1), now.AddDays(7), "note", "good until"),
            ("c-expired", authority, "127.0.0.1", now.AddDays(-90), now.AddDays(-2), "broken", $"expired on {now.AddDays(-2).LocalDateTime:yyyy-MM-dd}"),
            ("d-early", authority, "127.0.0.1", now.AddDays(2), now.AddDays(90), "broken", $"good from {now.AddDays(2).LocalDateTime:yyyy-MM-dd} on"),
            ("e-other", authority, "values.example.com", now.AddDays(-1), now.AddDays(90), "broken", "for values.example.com"),
            ("f-self", null, "127.0.0.1", now.AddDays(-1), now.AddDays(90), "broken", "signed by itself"),
            ("g-strange", stranger, "127.0.0.1", now.AddDays(-1), now.AddDays(90), "broken", "signed by A stranger"),
        ];
        using ServingHost host = ServingHost.Start(trained.Folder, [.. kinds.SelectMany(kind => Endpoint(kind.Kind, Leaf(kind.Signer, kind.Name, kind.From, kind.To)))]);
        string[] addresses = [.. host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        addresses.Should().HaveCount(kinds.Length);

        foreach (((string kind, _, _, _, _, string state, string found), string address) in kinds.Zip(addresses))
        {
            (int code, string output, string error) = TrainingProcess.RunToEnd(_folder.Path, [("SSL_CERT_FILE", trusted)], ["doctor", "--service", address, "--json"]);
            output.Should().NotBeEmpty(error);
            Dictionary<string, JsonNode> checks = JsonNode.Parse(output)!["checks"]!.AsArray().ToDictionary(check => check!["name"]!.GetValue<string>(), check => check!);
            JsonNode certificate = checks["certificate"];

            certificate["state"]!.GetValue<string>().Should().Be(state, kind);
            certificate["found"]!.GetValue<string>().Should().StartWith(found, kind);
            certificate["place"]!.GetValue<string>().Should().StartWith(address);
            (code, checks["live"]["state"]!.GetValue<string>()).Should().Be(state == "broken" ? (5, "broken") : (0, "fine"), kind);
            if (state == "broken")
            {
                foreach (string name in (string[])["live", "certificate"])
                    (checks[name]["expected"]!.GetValue<string>().Length, checks[name]["advice"]!.GetValue<string>().Length).Should().Match<(int Expected, int Advice)>(said => said.Expected > 0 && said.Advice > 0, kind);
                checks["live"]["found"]!.GetValue<string>().Should().Contain("a certificate " + found);
                checks.Should().HaveCount(2, "nothing is asked of whom nobody believes");
            }
            else
                checks["address"]["found"]!.GetValue<string>().Should().Contain("TLS");
        }
    }

    private (string, string)[] Endpoint(string name, X509Certificate2 certificate)
    {
        string file = _folder.PathOf(name + ".pem"), key = _folder.PathOf(name + ".key");
        using (certificate)
        {
            File.WriteAllText(file, certificate.ExportCertificatePem());
            File.WriteAllText(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }
        return [($"Kestrel:Endpoints:{name}:Url", "https://127.0.0.1:0"), ($"Kestrel:Endpoints:{name}:Certificate:Path", file), ($"Kestrel:Endpoints:{name}:Certificate:KeyPath", key)];
    }

    private static X509Certificate2 Authority(string name, ECDsa key)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    private static X509Certificate2 Leaf(X509Certificate2? signer, string name, DateTimeOffset from, DateTimeOffset to)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(name, out IPAddress? address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        if (signer is null)
            return request.CreateSelfSigned(from, to);
        using X509Certificate2 signed = request.Create(signer, from, to, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }
}
