using System.Text;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Applies a <see cref="LineChoice"/> line by line and counts the words it meets. One a thread.</summary>
internal sealed class LineChooser
{
    private const double MoneyScale = 100;

    private readonly LineChoice _choice;
    private readonly ColumnWords[] _columns;
    private readonly WhereRow? _where;
    private readonly byte _separator;
    private readonly int _amount;

    public LineChooser(LineChoice choice, ColumnPlan plan, byte separator)
    {
        (_choice, _separator, _amount) = (choice, separator, plan[ColumnRole.Amount]);
        int[] columns = [.. choice.Keep.Concat(choice.Drop).Concat(choice.Refund).Select(rule => rule.Column).Concat(choice.Tallied.Select(told => told.Column))
            .Concat(choice.CurrencyColumn >= 0 ? [choice.CurrencyColumn] : []).Distinct()];
        _columns = Array.ConvertAll(columns, column => new ColumnWords(column, choice));
        _where = choice.Where is null ? null : new WhereRow(choice.Where, plan, separator);
    }

    /// <summary>Whether the line's money was given back although its amount is positive.</summary>
    public bool IsRefund { get; private set; }

    /// <summary>What the line's amount is multiplied by.</summary>
    public double Factor { get; private set; }

    /// <summary>The words met in each column that is told.</summary>
    public IEnumerable<(ColumnRole Role, IReadOnlyList<WordCount> Words)> Tallies =>
        _choice.Tallied.Select(told => (told.Role, (IReadOnlyList<WordCount>)Array.Find(_columns, words => words.Column == told.Column)!.Counts()));

    /// <summary>Whether the line counts.</summary>
    public bool Accepts(byte[] buffer, int[] starts, int[] lengths)
    {
        bool accepted = true;
        (IsRefund, Factor) = (false, 1);
        foreach (ColumnWords words in _columns)
        {
            WordVerdict verdict = words.Look(buffer, starts[words.Column], lengths[words.Column]);
            accepted &= verdict.Counts;
            IsRefund |= verdict.IsRefund;
            Factor *= verdict.Factor;
        }
        accepted &= _where?.Holds(buffer, starts, lengths) ?? true;
        if (_columns.Length > 0 && _amount >= 0 && WrittenNumber.TryParse(buffer.AsSpan(starts[_amount], lengths[_amount]), _separator, out double amount, out _))
            foreach (ColumnWords words in _columns)
                words.AddMoney((long)Math.Round(Math.Clamp(amount, -1e15, 1e15) * MoneyScale), accepted);
        return accepted;
    }

    /// <summary>What a word decides.</summary>
    private readonly record struct WordVerdict(bool Counts, bool IsRefund, double Factor);

    /// <summary>The words of one column.</summary>
    private sealed class ColumnWords(int column, LineChoice choice)
    {
        private readonly NameCollector _names = new();
        private readonly List<WordVerdict> _verdicts = [];
        private readonly List<WordTally> _tallies = [];
        private int _last;

        public int Column => column;

        public WordVerdict Look(byte[] buffer, int start, int length)
        {
            ReadOnlySpan<byte> word = buffer.AsSpan(start, length).Trim(" \t"u8);
            // The first code stands for no word at all, since names are never empty.
            if (_verdicts.Count == 0)
                Add("");
            _last = 0;
            if (!word.IsEmpty && _verdicts.Count <= WordTally.MostWords)
            {
                int code = _names.Add(new NameKey(word), word);
                _last = code + 1;
                if (_last == _verdicts.Count)
                    Add(Encoding.UTF8.GetString(word));
            }
            _tallies[_last].Lines++;
            return _verdicts[_last];
        }

        public void AddMoney(long cents, bool accepted) => _tallies[_last].Add(cents, accepted);

        public List<WordCount> Counts() =>
            [.. _tallies.Select((tally, code) => new WordCount(code == 0 ? "" : Encoding.UTF8.GetString(_names[code - 1]), tally.Lines, tally.Cents, tally.PositiveCounted)).Where(count => count.Lines > 0)];

        private void Add(string word)
        {
            bool counts = choice.Keep.Where(rule => rule.Column == column).All(rule => rule.Words.Contains(word))
                && !choice.Drop.Any(rule => rule.Column == column && rule.Words.Contains(word));
            double factor = 1;
            if (column == choice.CurrencyColumn)
            {
                string code = Currencies.Code(word);
                if (choice.Rates is { } rates)
                    (counts, factor) = rates.TryGetValue(code, out double rate) ? (counts, rate) : (false, 1);
                else if (choice.Currency is { } wanted)
                    counts &= code == wanted;
            }
            _verdicts.Add(new WordVerdict(counts, choice.Refund.Any(rule => rule.Column == column && rule.Words.Contains(word)), factor));
            _tallies.Add(new WordTally());
        }
    }

    private sealed class WordTally
    {
        public const int MostWords = 500;

        public long Lines { get; set; }

        public long Cents { get; private set; }

        /// <summary>Lines with a positive amount that count.</summary>
        public long PositiveCounted { get; private set; }

        public void Add(long cents, bool accepted)
        {
            Cents += cents;
            PositiveCounted += accepted && cents > 0 ? 1 : 0;
        }
    }

    /// <summary>The condition on one line at a time.</summary>
    private sealed class WhereRow
    {
        private readonly Expression _where;
        private readonly ExpressionTable _row = new(1);
        private readonly (int Column, Array Value)[] _values;
        private readonly byte _separator;

        public WhereRow(Expression where, ColumnPlan plan, byte separator)
        {
            (_where, _separator) = (where, separator);
            _values = [.. where.Columns.Select(column =>
            {
                Array value = column.Kind == ExpressionKind.Number ? new double[1] : new string?[1];
                _ = value is double[] numbers ? _row.Number(column.Name, numbers) : _row.Text(column.Name, (string?[])value);
                return (Array.IndexOf(plan.Names, column.Name), value);
            })];
        }

        public bool Holds(byte[] buffer, int[] starts, int[] lengths)
        {
            foreach ((int column, Array value) in _values)
            {
                ReadOnlySpan<byte> field = buffer.AsSpan(starts[column], lengths[column]).Trim(" \t"u8);
                if (value is double[] numbers)
                    numbers[0] = WrittenNumber.TryParse(field, _separator, out double number, out _) ? number : double.NaN;
                else
                    ((string?[])value)[0] = field.IsEmpty ? null : Encoding.UTF8.GetString(field);
            }
            return _where.Holds(_row)[0];
        }
    }
}

/// <summary>A word of a column, how many lines have it, and their money in hundredths.</summary>
/// <param name="Word">The word; empty for none.</param>
/// <param name="Lines">Lines with it.</param>
/// <param name="Cents">Their money, times 100.</param>
/// <param name="PositiveCounted">Lines among them that count and have a positive amount.</param>
internal sealed record WordCount(string Word, long Lines, long Cents, long PositiveCounted);
