using System.Runtime.CompilerServices;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerValue.Training.Terminal;

/// <summary>Makes a table fit the line: sentences wrap between words, columns that may go do so from the right, and then names are cut in their middle.</summary>
/// <remarks>Numbers, days and ids are never broken over lines: half a number reads as another one.</remarks>
internal static class Fitting
{
    /// <summary>A column of sentences is not made narrower than this, nor a column of names.</summary>
    private const int FewestOfSentence = 18, FewestOfName = 9;

    private const int Unlimited = 10_000;

    private static readonly ConditionalWeakTable<TableColumn, object> s_optional = [];

    /// <summary>Says that a column may go where the line is short; the last of them goes first.</summary>
    public static void MayGo(TableColumn column) => s_optional.Add(column, column);

    /// <summary>The table, or a narrower one.</summary>
    public static Table Fit(this Table table, IAnsiConsole console)
    {
        RenderOptions options = RenderOptions.Create(console, console.Profile.Capabilities);
        List<Column> columns = [.. table.Columns.Select((column, index) => new Column(column, [.. table.Rows.Select(row => row.ElementAtOrDefault(index))], options, table.ShowHeaders))];
        int most = console.Profile.Width;
        if (Width(columns) <= most)
            return table;
        foreach (Column sentence in columns.Where(column => column.IsSentences).OrderByDescending(column => column.Width))
            sentence.Width = Math.Max(Math.Max(FewestOfSentence, sentence.LongestWord), sentence.Width - Math.Max(0, Width(columns) - most));
        while (Width(columns) > most && columns.FindLast(column => column.MayGo) is { } last)
            columns.Remove(last);
        foreach (Column name in columns.Where(column => !column.IsNumbers && !column.IsSentences).OrderByDescending(column => column.Width))
            name.Width = Math.Max(FewestOfName, name.Width - Math.Max(0, Width(columns) - most));
        Table fitted = new() { Border = table.Border, BorderStyle = table.BorderStyle, ShowHeaders = table.ShowHeaders, ShowRowSeparators = table.ShowRowSeparators };
        foreach (Column column in columns)
            fitted.AddColumn(column.Fitted());
        for (int row = 0; row < table.Rows.Count; row++)
            fitted.AddRow(columns.Select(column => column.Cell(row)));
        return fitted;
    }

    /// <summary>A blank before the table, two between columns, two behind the last.</summary>
    private static int Width(List<Column> columns) => 1 + columns.Sum(column => column.Width + 2);

    /// <summary>One column, and how wide it is to be.</summary>
    private sealed class Column
    {
        private readonly TableColumn _column;
        private readonly IRenderable?[] _cells;
        private readonly string[] _texts;

        public Column(TableColumn column, IRenderable?[] cells, RenderOptions options, bool withHead)
        {
            (_column, _cells) = (column, cells);
            _texts = [.. cells.Select(cell => cell is null ? "" : Text(cell, options))];
            string head = withHead ? Text(column.Header, options) : "";
            Width = Natural = Math.Max(CellWidth(head), _texts.Select(CellWidth).DefaultIfEmpty(0).Max());
            IsNumbers = column.Alignment == Justify.Right;
            LongestWord = _texts.Append(head).SelectMany(text => text.Split(' ')).Max(CellWidth);
            IsSentences = !IsNumbers && LongestWord < Natural && _texts.Any(text => text.Trim().Count(letter => letter == ' ') > 1);
            MayGo = s_optional.TryGetValue(column, out _);
        }

        public int Width { get; set; }

        public int LongestWord { get; }

        public bool IsNumbers { get; }

        public bool IsSentences { get; }

        public bool MayGo { get; }

        private int Natural { get; }

        public TableColumn Fitted()
        {
            TableColumn fitted = new TableColumn(_column.Header) { Alignment = _column.Alignment, Padding = _column.Padding, NoWrap = _column.NoWrap && !IsSentences };
            if (Width < Natural)
                fitted.Width = Width;
            return fitted;
        }

        public IRenderable Cell(int row) => _cells[row] is not { } cell ? Spectre.Console.Text.Empty
            : IsSentences || CellWidth(_texts[row]) <= Width ? cell : new Text(Figures.Short(_texts[row], Width));

        private static string Text(IRenderable cell, RenderOptions options) => string.Concat(cell.Render(options, Unlimited).Where(segment => !segment.IsLineBreak).Select(segment => segment.Text)).TrimEnd();

        private static int CellWidth(string text) => new Segment(text).CellCount();
    }
}
