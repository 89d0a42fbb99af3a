using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Takes out lines of later files that already stand in an earlier one, on days that both cover.</summary>
/// <remarks>
/// Lines are compared as multisets: a line that stands twice in one file and once in another is kept twice, so genuine repeats stay and
/// overlapping exports count once. Only lines on shared days are remembered.
/// </remarks>
internal sealed class DuplicateLines
{
    private readonly Dictionary<(ulong Hash, int Day), Seen> _seen = [];
    private readonly (int First, int Last)[] _days;

    private DuplicateLines((int First, int Last)[] days) => _days = days;

    /// <summary>Marks duplicate rows with customer -1 and lowers the counts of lines left out; returns how many of each there were.</summary>
    public static (long Rows, long LeftOut) Remove(IReadOnlyList<IReadOnlyList<RowChunk>> files)
    {
        DuplicateLines duplicates = new([.. files.Select(chunks => DaysOf(chunks))]);
        (long rows, long leftOut) = (0, 0);
        for (int file = 0; file < files.Count; file++)
            foreach (RowChunk chunk in files[file])
            {
                rows += duplicates.RemoveRows(chunk, file);
                leftOut += duplicates.RemoveLeftOut(chunk, file);
            }
        return (rows, leftOut);
    }

    private long RemoveRows(RowChunk chunk, int file)
    {
        long removed = 0;
        for (int row = 0; row < chunk.Count; row++)
            if (IsDuplicate(chunk.Days[row], chunk.Hashes[row], file))
            {
                chunk.Customers[row] = -1;
                removed++;
            }
        return removed;
    }

    private long RemoveLeftOut(RowChunk chunk, int file)
    {
        long removed = 0;
        foreach (LeftOutLine line in chunk.LeftOut)
        {
            if (!IsDuplicate(line.Day, line.Hash, file))
                continue;
            removed++;
            switch (line.Reason)
            {
                case LeftOutReason.NoCustomer:
                    chunk.WithoutCustomer--;
                    break;
                case LeftOutReason.IgnoredReturn:
                    chunk.IgnoredReturns--;
                    break;
                default:
                    chunk.IgnoredZeros--;
                    break;
            }
        }
        return removed;
    }

    private bool IsDuplicate(int day, ulong hash, int file)
    {
        if (!IsShared(day, file))
            return false;
        ref Seen seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, (hash, day), out bool known);
        if (!known || seen.File != file)
            seen = new Seen(file, 0, known ? seen.Most : 0);
        seen = seen with { Here = seen.Here + 1 };
        if (seen.Here <= seen.Most)
            return true;
        seen = seen with { Most = seen.Here };
        return false;
    }

    private bool IsShared(int day, int file)
    {
        for (int other = 0; other < _days.Length; other++)
            if (other != file && day >= _days[other].First && day <= _days[other].Last)
                return true;
        return false;
    }

    private static (int First, int Last) DaysOf(IEnumerable<RowChunk> chunks)
    {
        (int first, int last) = (int.MaxValue, int.MinValue);
        foreach (RowChunk chunk in chunks)
        {
            (first, last) = (Math.Min(first, chunk.FirstDay), Math.Max(last, chunk.LastDay));
            foreach (LeftOutLine line in chunk.LeftOut)
                (first, last) = (Math.Min(first, line.Day), Math.Max(last, line.Day));
        }
        return (first, last);
    }

    /// <summary>How often a line was met in the file that is being looked at, and at most in one file.</summary>
    private readonly record struct Seen(int File, int Here, int Most);
}
