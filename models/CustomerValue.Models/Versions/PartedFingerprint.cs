using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Versions;

/// <summary>What a log says, in short, taken from parts of its customers in any order and number.</summary>
/// <remarks>
/// The hash of a log that is there at once goes through all ids, then all days, then all amounts, which no part has. This one adds up a hash of each customer's
/// history, modulo 2 to the power of 256, and says so by its first word.
/// </remarks>
public sealed class PartedFingerprint
{
    private const string Word = "customers-";
    private const int Bytes = SHA256.HashSizeInBytes, Limbs = Bytes / sizeof(uint);

    private readonly ulong[] _sum = new ulong[Limbs];
    private long _rows;
    private int _customers;
    private DateOnly _firstDay, _lastDay;

    /// <summary>Whether a hash was taken in parts.</summary>
    public static bool IsOne(string hash) => hash.StartsWith(Word, StringComparison.Ordinal);

    /// <summary>Adds a part; parts have no customer in common, and the days of everyone.</summary>
    public void Add(TransactionLog log)
    {
        (_rows, _customers, _firstDay, _lastDay) = (_rows + log.RowCount, _customers + log.CustomerCount, log.FirstDay, log.LastDay);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> one = stackalloc byte[Bytes];
        for (int customer = 0; customer < log.CustomerCount; customer++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(log.Customers[customer]));
            hash.AppendData([0]);
            hash.AppendData(MemoryMarshal.AsBytes(log.Days[log.RowsOf(customer)]));
            hash.AppendData(MemoryMarshal.AsBytes(log.Amounts[log.RowsOf(customer)]));
            hash.GetHashAndReset(one);
            Add(one);
        }
    }

    /// <summary>What all parts say.</summary>
    public DataFingerprint ToFingerprint()
    {
        byte[] sum = new byte[Bytes];
        for (int limb = 0; limb < Limbs; limb++)
            BinaryPrimitives.WriteUInt32LittleEndian(sum.AsSpan(limb * sizeof(uint)), (uint)_sum[limb]);
        byte[] all = SHA256.HashData([.. Encoding.UTF8.GetBytes(_firstDay.ToString("O", CultureInfo.InvariantCulture)), .. sum]);
        return new DataFingerprint(checked((int)_rows), _customers, _firstDay, _lastDay, Word + Convert.ToHexStringLower(all));
    }

    private void Add(ReadOnlySpan<byte> hash)
    {
        ulong carry = 0;
        for (int limb = 0; limb < Limbs; limb++)
        {
            carry += (uint)_sum[limb] + (ulong)BinaryPrimitives.ReadUInt32LittleEndian(hash[(limb * sizeof(uint))..]);
            _sum[limb] = (uint)carry;
            carry >>= 32;
        }
    }
}
