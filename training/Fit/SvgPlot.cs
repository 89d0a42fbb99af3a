using System.Globalization;
using System.Net;
using System.Text;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Fit;

/// <summary>A line in a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Class">Its style.</param>
/// <param name="Points">Its points, in order.</param>
internal sealed record PlotLine(string Name, string Class, IReadOnlyList<(double X, double Y)> Points);

/// <summary>An axis from 0 on.</summary>
/// <param name="Title">What runs along it.</param>
/// <param name="Max">Where it ends.</param>
/// <param name="Step">Distance of two ticks.</param>
/// <param name="Text">Text of a tick.</param>
internal sealed record PlotAxis(string Title, double Max, double Step, Func<double, string> Text)
{
    /// <summary>To a round number at or above the largest value, in about four steps.</summary>
    public static PlotAxis Above(string title, double largest)
    {
        double rough = (largest > 0 ? largest : 1) / 4, power = Math.Pow(10, Math.Floor(Math.Log10(rough))), factor = rough / power;
        double step = power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
        return new PlotAxis(title, step * Math.Max(1, Math.Ceiling(largest / step)), step, value => value.ToString("#,0.##", CultureInfo.InvariantCulture));
    }

    /// <summary>Days from a first one, with about six of them named.</summary>
    public static PlotAxis Days(DateOnly first, double days)
    {
        double most = Math.Max(1, days);
        return new PlotAxis("", most, Math.Max(1, Math.Floor(most / 6)), day => Figures.Day(first.AddDays((int)day)));
    }
}

/// <summary>Plots as SVG text that needs no script and asks for nothing.</summary>
internal sealed class SvgPlot
{
    private const double Width = 720, Height = 300, Left = 58, Right = 36, Top = 10, Bottom = 46;

    private readonly StringBuilder _svg = new();
    private readonly double _xMax;
    private readonly PlotAxis _y;

    private SvgPlot(string label, double xMax, PlotAxis y)
    {
        (_xMax, _y) = (xMax, y);
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encode(label)}\">");
        for (int tick = 0; tick * y.Step <= y.Max * 1.0001; tick++)
        {
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick * y.Step):0.##}\" y2=\"{Y(tick * y.Step):0.##}\"/>");
            Add($"<text class=\"end\" x=\"{Left - 6}\" y=\"{Y(tick * y.Step) + 4:0.##}\">{Encode(y.Text(tick * y.Step))}</text>");
        }
        Add($"<text class=\"middle\" transform=\"translate(12 {(Top + Height - Bottom) / 2:0.##}) rotate(-90)\">{Encode(y.Title)}</text>");
    }

    /// <summary>Lines over an axis, with an upright line where one is wanted.</summary>
    public static string Lines(string label, PlotAxis x, PlotAxis y, IReadOnlyList<PlotLine> lines, double? upright)
    {
        SvgPlot plot = new(label, x.Max, y);
        for (double tick = 0; tick <= x.Max * 1.0001; tick += x.Step)
            plot.Add($"<text class=\"middle\" x=\"{plot.X(tick):0.##}\" y=\"{Height - Bottom + 18}\">{Encode(x.Text(tick))}</text>");
        plot.Add($"<text class=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\">{Encode(x.Title)}</text>");
        if (upright is { } place && place > 0 && place <= x.Max)
            plot.Add($"<line class=\"cutoff\" x1=\"{plot.X(place):0.##}\" x2=\"{plot.X(place):0.##}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
        foreach (PlotLine line in lines)
            plot.Add($"<polyline class=\"{line.Class}\" points=\"{string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{plot.X(point.X):0.##},{plot.Y(point.Y):0.##}")))}\"/>");
        return plot.Close();
    }

    /// <summary>Columns in groups under names.</summary>
    public static string Columns(string label, string xTitle, IReadOnlyList<string> names, PlotAxis y, IReadOnlyList<(string Class, IReadOnlyList<double> Values)> columns)
    {
        SvgPlot plot = new(label, names.Count, y);
        double wide = 0.8 / columns.Count;
        for (int i = 0; i < names.Count; i++)
        {
            plot.Add($"<text class=\"middle\" x=\"{plot.X(i + 0.5):0.##}\" y=\"{Height - Bottom + 18}\">{Encode(names[i])}</text>");
            for (int c = 0; c < columns.Count; c++)
            {
                double top = plot.Y(columns[c].Values[i]);
                plot.Add($"<rect class=\"{columns[c].Class}\" x=\"{plot.X(i + 0.1 + c * wide):0.##}\" width=\"{plot.X(wide) - Left:0.##}\" y=\"{top:0.##}\" height=\"{Math.Max(0, Height - Bottom - top):0.##}\"/>");
            }
        }
        plot.Add($"<text class=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\">{Encode(xTitle)}</text>");
        return plot.Close();
    }

    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    private string Close() => _svg.Append("</svg>\n").ToString();

    private double X(double value) => Left + (Width - Left - Right) * value / _xMax;

    private double Y(double value) => Height - Bottom - (Height - Top - Bottom) * value / _y.Max;

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
