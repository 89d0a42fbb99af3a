using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Files;

namespace CustomerValue.Sources;

/// <summary>The answer for one range of customers and one past as a file: its customers in ordinal order, each with the aggregates of the past and of the horizon.</summary>
/// <remarks>
/// Three numbers of unmatched returns, how many customers, and for each of them the id and doubles: NaN is missing, and so are all those of the horizon where nothing happened in it. The last bytes are the SHA-256 of
/// all before them.
/// </remarks>
internal static class RangeFile
{
    private const int BufferSize = 1 << 16;

    public static void Write(string path, CustomerAggregates past, CustomerAggregates horizon) => WholeFile.Write(path, stream =>
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream hashed = new(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (BinaryWriter writer = new(new BufferedStream(hashed, BufferSize), Encoding.UTF8))
            Write(writer, past, horizon);
        stream.Write(hash.Hash);
    });

    /// <summary>Whether a file is there as it was written.</summary>
    public static bool IsWhole(string path)
    {
        if (!File.Exists(path))
            return false;
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize], told = new byte[SHA256.HashSizeInBytes];
        for (long left = stream.Length - told.Length; left > 0;)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        return stream.Read(told) == told.Length && hash.GetHashAndReset().SequenceEqual(told);
    }

    private static void Write(BinaryWriter writer, CustomerAggregates past, CustomerAggregates horizon)
    {
        writer.Write(past.Unmatched.Customers);
        writer.Write(past.Unmatched.Amount);
        writer.Write(past.Unmatched.ReturnOnlyCustomers);
        writer.Write(past.Count);
        int aggregates = past.Catalogue.Count;
        double[] values = new double[aggregates + horizon.Catalogue.Count];
        for (int row = 0, later = 0; row < past.Count; row++)
        {
            string customer = past.CustomerId(row);
            while (later < horizon.Count && string.CompareOrdinal(horizon.CustomerId(later), customer) < 0)
                later++;
            bool seen = later < horizon.Count && horizon.CustomerId(later) == customer;
            for (int i = 0; i < values.Length; i++)
                values[i] = i < aggregates ? past.Column(i)[row] : seen ? horizon.Column(i - aggregates)[later] : double.NaN;
            writer.Write(customer);
            writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }
}

/// <summary>Reads the file of a range customer by customer.</summary>
internal sealed class RangeReader : IDisposable
{
    private readonly BinaryReader _reader;
    private int _left;

    /// <param name="path">The file.</param>
    /// <param name="columns">Numbers of a customer.</param>
    public RangeReader(string path, int columns)
    {
        _reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16), Encoding.UTF8);
        Unmatched = new UnmatchedReturns(_reader.ReadInt32(), _reader.ReadDouble(), _reader.ReadInt32());
        _left = _reader.ReadInt32();
        Values = new double[columns];
    }

    /// <summary>Returns of the range for which there was no purchase.</summary>
    public UnmatchedReturns Unmatched { get; }

    /// <summary>The customer read last.</summary>
    public string Customer { get; private set; } = "";

    /// <summary>The numbers of the customer read last.</summary>
    public double[] Values { get; }

    /// <summary>Reads the next customer; false where there is none.</summary>
    public bool Read()
    {
        if (_left == 0)
            return false;
        _left--;
        Customer = _reader.ReadString();
        _reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Values.AsSpan()));
        return true;
    }

    public void Dispose() => _reader.Dispose();
}
