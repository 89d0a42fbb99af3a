using CustomerValue.CustomerBook;
using CustomerValue.Data.Text;
using CustomerValue.Models.Answers;

namespace CustomerValue.Training.Score;

/// <summary>Takes customers' answers as rows of the book, one after another: each column once, and not what the book's header says of all.</summary>
internal sealed class BookFields : IFieldWriter
{
    /// <summary>Columns of answers that are the same for every customer of a book.</summary>
    private static readonly HashSet<string> s_ofHeader = ["as_of", "horizon_days", "model_version"];

    private readonly List<BookColumn> _columns = [];
    private readonly List<object?> _values = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>Which of the columns that come by are taken: the same for every customer, so the first one's serve all.</summary>
    private readonly List<bool> _takes = [];
    private string _name = "";
    private int _met;
    private bool _known;

    /// <summary>The columns taken.</summary>
    public IReadOnlyList<BookColumn> Columns => _columns;

    /// <summary>Their values of the last customer; the list is used again for the next.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>Begins a customer, who has the columns of those before.</summary>
    public BookFields Begin()
    {
        _known |= _columns.Count > 0;
        _met = 0;
        _values.Clear();
        return this;
    }

    /// <summary>Takes the columns of an answer that none before it had.</summary>
    public BookFields Add<TRow>(AnswerTable<TRow> table, TRow row)
    {
        foreach (AnswerColumn<TRow> column in table.Columns)
        {
            if (!_known)
                _takes.Add(!s_ofHeader.Contains(column.Name) && _taken.Add(column.Name));
            if (_takes[_met++])
            {
                _name = column.Name;
                column.Write(this, row);
            }
        }
        return this;
    }

    /// <summary>Takes texts that are in the book alone.</summary>
    public BookFields Add(string name, IReadOnlyList<string> texts)
    {
        _name = name;
        Texts(texts);
        return this;
    }

    public void Text(string? text) => Take(BookFieldKind.Text, text);

    public void Texts(IReadOnlyList<string> texts) => Take(BookFieldKind.Texts, texts);

    public void Number(double? value) => Take(BookFieldKind.Number, value);

    public void Whole(long? value) => Take(BookFieldKind.Whole, value);

    public void Day(DateOnly? day) => Take(BookFieldKind.Day, day);

    public void Flag(bool value) => Take(BookFieldKind.Flag, value);

    private void Take(BookFieldKind kind, object? value)
    {
        if (!_known)
            _columns.Add(new BookColumn(_name, kind));
        _values.Add(value);
    }
}
