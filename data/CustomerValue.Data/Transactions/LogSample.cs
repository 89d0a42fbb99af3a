using System.Runtime.CompilerServices;
using System.Text;

namespace CustomerValue.Data.Transactions;

/// <summary>Draws customers of a log by a hash of their id: the same customers whatever else the log holds, and all rows of each.</summary>
internal static class LogSample
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const int MostOnStack = 256;

    /// <summary>Customers whose hash lies within the share, in the log's order.</summary>
    public static int[] Draw(TransactionLog log, double share)
    {
        CustomerShare sample = CustomerShare.Sample(share);
        List<int> drawn = [];
        for (int customer = 0; customer < log.CustomerCount; customer++)
            if (sample.Holds(log.Customers[customer]))
                drawn.Add(customer);
        return [.. drawn];
    }

    /// <summary>The rows of some customers as columns of their own.</summary>
    public static (int[] Offsets, TransactionColumns Columns) Gather(TransactionLog log, TransactionColumns columns, int[] customers)
    {
        int[] offsets = new int[customers.Length + 1];
        for (int i = 0; i < customers.Length; i++)
            offsets[i + 1] = offsets[i] + log.RowsOf(customers[i]).GetOffsetAndLength(log.RowCount).Length;
        return (offsets, new TransactionColumns
        {
            Days = Pick(columns.Days),
            Amounts = Pick(columns.Amounts),
            Orders = Pick(columns.Orders),
            Quantities = Pick(columns.Quantities),
            Products = Pick(columns.Products),
            Categories = Pick(columns.Categories),
            Channels = Pick(columns.Channels),
            Discounts = Pick(columns.Discounts),
            Margins = Pick(columns.Margins),
            ProductNames = columns.ProductNames,
            CategoryNames = columns.CategoryNames,
            ChannelNames = columns.ChannelNames,
        });

        T[] Pick<T>(T[] column)
        {
            if (column.Length == 0)
                return [];
            T[] picked = new T[offsets[^1]];
            for (int i = 0; i < customers.Length; i++)
                column.AsSpan(log.RowsOf(customers[i])).CopyTo(picked.AsSpan(offsets[i]));
            return picked;
        }
    }

    /// <summary>The rows of all customers of parts as one log's, in the order of their ids.</summary>
    public static (NameTable Customers, int[] Offsets, TransactionColumns Columns) Join(IReadOnlyList<TransactionLog> parts, Func<TransactionLog, TransactionColumns> of)
    {
        (int Part, int Customer)[] order = [.. parts.SelectMany((log, part) => Enumerable.Range(0, log.CustomerCount).Select(customer => (part, customer)))];
        string[] ids = Array.ConvertAll(order, place => parts[place.Part].Customers[place.Customer]);
        Array.Sort(ids, order, StringComparer.Ordinal);
        int[] offsets = new int[ids.Length + 1];
        for (int i = 0; i < ids.Length; i++)
            offsets[i + 1] = checked(offsets[i] + parts[order[i].Part].RowsOf(order[i].Customer).GetOffsetAndLength(parts[order[i].Part].RowCount).Length);
        TransactionColumns[] columns = [.. parts.Select(of)];
        return (new NameTable(ids), offsets, new TransactionColumns
        {
            Days = Column(part => part.Days),
            Amounts = Column(part => part.Amounts),
            Orders = Column(part => part.Orders),
            Quantities = Column(part => part.Quantities),
            Products = Column(part => part.Products),
            Categories = Column(part => part.Categories),
            Channels = Column(part => part.Channels),
            Discounts = Column(part => part.Discounts),
            Margins = Column(part => part.Margins),
            ProductNames = columns[0].ProductNames,
            CategoryNames = columns[0].CategoryNames,
            ChannelNames = columns[0].ChannelNames,
        });

        T[] Column<T>(Converter<TransactionColumns, T[]> select)
        {
            T[][] sources = Array.ConvertAll(columns, select);
            if (sources.All(source => source.Length == 0))
                return [];
            T[] joined = new T[offsets[^1]];
            for (int i = 0; i < order.Length; i++)
                sources[order[i].Part].AsSpan(parts[order[i].Part].RowsOf(order[i].Customer)).CopyTo(joined.AsSpan(offsets[i]));
            return joined;
        }
    }

    /// <summary>FNV-1a over the UTF-16 code units, then the finaliser of SplitMix64: FNV alone leaves the high bits of short ids alike.</summary>
    public static ulong Hash(ReadOnlySpan<char> id)
    {
        ulong hash = FnvOffset;
        foreach (char unit in id)
            hash = (hash ^ unit) * FnvPrime;
        return Finish(hash);
    }

    /// <summary>The same of an id in UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        ulong hash = FnvOffset;
        foreach (byte letter in id)
        {
            if (letter >= 0x80)
                return HashOfUnits(id);
            hash = (hash ^ letter) * FnvPrime;
        }
        return Finish(hash);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong HashOfUnits(ReadOnlySpan<byte> id)
    {
        Span<char> units = id.Length <= MostOnStack ? stackalloc char[id.Length] : new char[id.Length];
        return Hash(units[..Encoding.UTF8.GetChars(id, units)]);
    }

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
