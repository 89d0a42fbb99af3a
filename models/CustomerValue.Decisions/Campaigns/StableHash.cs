using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>A number that belongs to a customer and a purpose, the same on every machine and in every year (first eight bytes of SHA-256).</summary>
internal static class StableHash
{
    public static ulong Of(string customer, string purpose, string salt)
    {
        string text = $"{purpose}\n{salt}\n{customer}";
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length) <= 512 ? 512 : 0];
        if (bytes.Length == 0)
            bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>The same as a number in [0, 1).</summary>
    public static double Share(string customer, string purpose, string salt) => (Of(customer, purpose, salt) >> 11) * (1.0 / (1UL << 53));
}
