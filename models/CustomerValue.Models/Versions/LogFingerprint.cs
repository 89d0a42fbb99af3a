using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Models.Versions;

/// <summary>A hash of what a log says: who bought for how much on which day.</summary>
internal static class LogFingerprint
{
    public static string Of(TransactionLog log)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(log.FirstDay.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        foreach (string customer in log.Customers.Names)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(customer));
            hash.AppendData([0]);
        }
        hash.AppendData(MemoryMarshal.AsBytes(log.Offsets.Span));
        hash.AppendData(MemoryMarshal.AsBytes(log.Days));
        hash.AppendData(MemoryMarshal.AsBytes(log.Amounts));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
