using System.Globalization;
using System.Text;
using CustomerValue.Architecture.Tests.Source;

namespace CustomerValue.Architecture.Tests.Picture;

/// <summary>Draws the projects and who refers to whom.</summary>
internal static class HousePicture
{
    private const double Width = 170, Height = 46, Across = 196, Down = 104, Margin = 24;

    private static readonly Dictionary<string, (string Fill, string Line)> s_colours = new(StringComparer.Ordinal)
    {
        ["data"] = ("#e3f1ea", "#3f8f6b"),
        ["models"] = ("#e4ecf8", "#3d6db5"),
        ["training"] = ("#fbeedd", "#b9792a"),
        ["serving"] = ("#fbeedd", "#b9792a"),
    };

    public static string Draw()
    {
        LayeredGraph graph = new(House.Products.ToDictionary(name => name, name => House.Find(name).References, StringComparer.Ordinal));
        double width = graph.Layers.Max(layer => layer.Length) * Across - (Across - Width) + 2 * Margin, height = (graph.Layers.Length - 1) * Down + Height + 2 * Margin;
        StringBuilder svg = new();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.#} {height:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" role=\"img\" aria-label=\"Projects and their references\" font-family=\"system-ui, sans-serif\" text-anchor=\"middle\">");
        Line($"  <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#667\"/></marker></defs>");
        Line($"  <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        foreach (string[] path in graph.Paths.Values)
            Line($"  <path d=\"{Curve([.. path.Select(Centre)])}\" fill=\"none\" stroke=\"#667\" stroke-width=\"1.4\" marker-end=\"url(#tip)\"/>");
        foreach (string name in House.Products)
        {
            (double x, double y) = Centre(name);
            string folder = House.Relative(House.Find(name).Folder).Split('/')[0];
            (string fill, string line) = s_colours[folder];
            Line($"  <rect x=\"{x - Width / 2:0.#}\" y=\"{y - Height / 2:0.#}\" width=\"{Width:0.#}\" height=\"{Height:0.#}\" rx=\"7\" fill=\"{fill}\" stroke=\"{line}\"/>");
            Line($"  <text x=\"{x:0.#}\" y=\"{y - 2:0.#}\" font-size=\"15\" font-weight=\"600\" fill=\"#223\">{name["CustomerValue.".Length..]}</text>");
            Line($"  <text x=\"{x:0.#}\" y=\"{y + 15:0.#}\" font-size=\"11\" fill=\"#556\">{folder}/</text>");
        }
        Line($"</svg>");
        return svg.ToString();

        (double X, double Y) Centre(string node)
        {
            (int layer, double offset) = graph.PlaceOf(node);
            return (width / 2 + offset * Across, height - Margin - Height / 2 - layer * Down);
        }

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>From the bottom of the upper box through the places passed to the top of the lower one, upright at each.</summary>
    private static string Curve((double X, double Y)[] points)
    {
        StringBuilder path = new(string.Create(CultureInfo.InvariantCulture, $"M{points[0].X:0.#} {points[0].Y + Height / 2:0.#}"));
        for (int i = 1; i < points.Length; i++)
        {
            double startY = i == 1 ? points[0].Y + Height / 2 : points[i - 1].Y, endY = i == points.Length - 1 ? points[i].Y - Height / 2 : points[i].Y, bend = (endY - startY) / 2;
            path.Append(CultureInfo.InvariantCulture, $"C{points[i - 1].X:0.#} {startY + bend:0.#} {points[i].X:0.#} {endY - bend:0.#} {points[i].X:0.#} {endY:0.#}");
        }
        return path.ToString();
    }
}
