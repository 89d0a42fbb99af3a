using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerValue.Training.Terminal;

/// <summary>The one look of all tables: a line below the heads, no frame, no blank lines, numbers to the right.</summary>
internal static class Look
{
    /// <param name="heads">Heads of the columns; <c>&gt;</c> in front sets numbers to the right, <c>?</c> before that lets the column go where the line is short.</param>
    public static Table Table(params ReadOnlySpan<string> heads)
    {
        Table table = new() { Border = TableBorder.Simple, BorderStyle = new Style(Color.Grey), ShowRowSeparators = false };
        foreach (string head in heads)
        {
            bool mayGo = head.StartsWith('?'), number = head.TrimStart('?').StartsWith('>');
            TableColumn column = new TableColumn(new Markup($"[{Theme.Faint}]{head.TrimStart('?', '>').EscapeMarkup()}[/]")).PadLeft(0).PadRight(1).NoWrap();
            if (mayGo)
                Fitting.MayGo(column);
            table.AddColumn(number ? column.RightAligned() : column);
        }
        return table;
    }

    /// <summary>Names to the left, values to the right of them.</summary>
    public static Grid Pairs(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(3)).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach ((string name, string value) in pairs)
            grid.AddRow(new Markup($"[{Theme.Faint}]{name.EscapeMarkup()}[/]"), new Text(value));
        return grid;
    }

    /// <summary>A table or a grid, without blank lines around it.</summary>
    public static void Draw(this IAnsiConsole console, IRenderable what) => console.Write(new Tight(what is Table table ? table.Fit(console) : what));

    /// <summary>A sentence, wrapped to the width.</summary>
    public static void Say(this IAnsiConsole console, string text) => console.Draw(new Text(text));

    /// <summary>A sentence with markup, wrapped to the width.</summary>
    public static void SayMarkup(this IAnsiConsole console, string markup) => console.Draw(new Markup(markup));

    public static void Title(this IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.SayMarkup($"[{Theme.Strong}]{text.EscapeMarkup()}[/]");
    }
}
