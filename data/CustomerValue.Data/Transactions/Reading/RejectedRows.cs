namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Collects rejected lines in the order of files and lines: counts all, keeps the first thousand, writes all where asked.</summary>
internal sealed class RejectedRows(RejectsWriter? writer)
{
    public const int MostKept = 1000;

    private readonly List<RejectedRow> _first = [];
    private readonly SortedDictionary<RejectReason, long> _reasons = [];

    public IReadOnlyList<RejectedRow> First => _first;

    public IReadOnlyDictionary<RejectReason, long> Reasons => _reasons;

    public long Count { get; private set; }

    public void Add(RejectReason reason, Func<RejectedRow> row)
    {
        Count++;
        _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        if (_first.Count == MostKept && writer is null)
            return;
        RejectedRow rejected = row();
        if (_first.Count < MostKept)
            _first.Add(rejected);
        writer?.Write(rejected);
    }
}
