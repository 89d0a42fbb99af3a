using System.Globalization;
using System.Security.Cryptography;

namespace CustomerValue.CustomerBook.Access;

/// <summary>Makes of passwords what may be kept: PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2), 600,000 rounds (OWASP Password Storage Cheat Sheet, 2023) and a salt of 128 bits.</summary>
public static class Password
{
    /// <summary>Letters that a password has at least, and at most.</summary>
    public const int Fewest = 12, Most = 200;

    private const string Kind = "pbkdf2-sha256";
    private const int Rounds = 600_000, SaltBytes = 16, HashBytes = 32;

    /// <summary>A hash that no password has: what to compare with where the name is unknown, so that the answer takes as long.</summary>
    public static string OfNobody { get; } = Text(Rounds, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>Kind, rounds, salt and hash in one text.</summary>
    public static string HashOf(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Text(Rounds, salt, Derive(password, salt, Rounds));
    }

    /// <summary>Whether a password is the one that a hash was made of; takes as long wherever they differ, and false for a text that is no hash.</summary>
    public static bool IsOf(string hash, string password)
    {
        if (hash.Split('$') is not [Kind, { } rounds, { } salt, { } kept] || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return false;
        return CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromHexString(salt), count), Convert.FromHexString(kept));
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);

    private static string Text(int rounds, byte[] salt, byte[] hash) => string.Create(CultureInfo.InvariantCulture, $"{Kind}${rounds}${Convert.ToHexString(salt)}${Convert.ToHexString(hash)}");
}
