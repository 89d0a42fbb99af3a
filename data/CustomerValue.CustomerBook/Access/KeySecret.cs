using System.Security.Cryptography;
using System.Text;

namespace CustomerValue.CustomerBook.Access;

/// <summary>Makes secrets of keys and compares them.</summary>
public static class KeySecret
{
    private const string Start = "cv_";
    private const int Bytes = 32, PrefixLetters = 11;

    /// <summary>A new secret: 256 random bits.</summary>
    public static string New() => Start + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>What a secret begins with; less where it is none of ours.</summary>
    public static string PrefixOf(string secret) => secret[..Math.Min(secret.Length, PrefixLetters)];

    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a secret is that of a key; takes as long wherever they differ.</summary>
    public static bool IsOf(this AccessKey key, string secret) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(key.Hash));
}
