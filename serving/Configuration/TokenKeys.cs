using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Configuration;

/// <summary>Public keys of whoever issues tokens.</summary>
internal static class TokenKeys
{
    private const int LeastBits = 2048;
    private const string Label = "PUBLIC KEY", Expected = "expected one or more public keys in PEM, RSA of 2,048 bits and more or of the curves P-256, P-384 and P-521";

    /// <summary>Reads keys.</summary>
    /// <param name="path">A file of PEM, one block a key; several while one takes the place of another.</param>
    /// <exception cref="FormatException">The file cannot be read or holds anything else.</exception>
    public static IReadOnlyList<SecurityKey> Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{error.Message.TrimEnd('.')}; {Expected}.", error);
        }
        List<SecurityKey> keys = [];
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out PemFields found); rest = rest[found.Location.End..])
        {
            string label = rest[found.Label].ToString();
            keys.Add(label == Label ? Key(rest[found.Location].ToString()) ?? throw new FormatException($"{path}: found a key of another kind or too short, {Expected}.") : throw new FormatException($"{path}: found a block '{label}', {Expected}."));
        }
        return keys.Count > 0 ? keys : throw new FormatException($"{path}: found no key, {Expected}.");
    }

    private static AsymmetricSecurityKey? Key(string pem)
    {
        ECDsa curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(pem);
            return curve.KeySize is 256 or 384 or 521 ? new ECDsaSecurityKey(curve) : null;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            curve.Dispose();
        }
        RSA rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= LeastBits ? new RsaSecurityKey(rsa) : null;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            return null;
        }
    }
}
