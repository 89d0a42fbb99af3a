using System.Text.Unicode;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Counts the rows of customers whom a share leaves out, by day: the days of a log are those of everyone. One a thread.</summary>
internal sealed class OtherCustomers
{
    private const int PageBits = 10, DaysOfPage = 1 << PageBits;

    private readonly CustomerShare _share;

    /// <summary>Rows by <see cref="DateOnly.DayNumber"/>, in pages of which few are met.</summary>
    private readonly long[]?[] _pages = new long[]?[(DateOnly.MaxValue.DayNumber >> PageBits) + 1];

    private OtherCustomers(CustomerShare share) => _share = share;

    /// <summary>Rows counted on a day.</summary>
    public long this[int day] => _pages[day >> PageBits] is { } page ? page[day & (DaysOfPage - 1)] : 0;

    /// <summary>Rows counted.</summary>
    public long Count { get; private set; }

    /// <summary>A new count; null where nobody is left out.</summary>
    public static OtherCustomers? Of(CustomerShare share) => share.IsAll ? null : new(share);

    /// <summary>Whether a customer is left out; one that is no valid UTF-8 is not, so that its line is rejected whatever the share.</summary>
    public bool IsOther(ReadOnlySpan<byte> customer) => !_share.Holds(customer) && Utf8.IsValid(customer);

    /// <summary>Counts a row where its customer is left out.</summary>
    public bool TryTake(ReadOnlySpan<byte> customer, int day, RowChunk chunk)
    {
        if (!IsOther(customer))
            return false;
        chunk.Others++;
        chunk.FirstDay = Math.Min(chunk.FirstDay, day);
        chunk.LastDay = Math.Max(chunk.LastDay, day);
        Add(day);
        return true;
    }

    /// <summary>Counts the rows whose customer was passed by; gives those that stay.</summary>
    public RowChunk TakeFrom(RowChunk chunk)
    {
        int rows = chunk.Count;
        for (int row = 0; row < rows; row++)
            if (chunk.Customers[row] == ColumnNames.PassedBy)
                Add(chunk.Days[row]);
        chunk.TakeOut(row => chunk.Customers[row] == ColumnNames.PassedBy, chunk.LastDay);
        chunk.Others = rows - chunk.Count;
        return chunk.Trimmed();
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Add(OtherCustomers others)
    {
        for (int page = 0; page < _pages.Length; page++)
            for (int day = 0; day < DaysOfPage && others._pages[page] is not null; day++)
                (_pages[page] ??= new long[DaysOfPage])[day] += others._pages[page]![day];
        Count += others.Count;
    }

    private void Add(int day)
    {
        (_pages[day >> PageBits] ??= new long[DaysOfPage])[day & (DaysOfPage - 1)]++;
        Count++;
    }
}
