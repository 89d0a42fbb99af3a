using Spectre.Console.Rendering;

namespace CustomerValue.Training.Terminal;

/// <summary>Draws something without the blank lines and trailing blanks that padding leaves: quiet on a terminal, clean in a file.</summary>
internal sealed class Tight(IRenderable inner) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (SegmentLine line in Segment.SplitLines(inner.Render(options, maxWidth)))
        {
            int end = line.Count;
            while (end > 0 && string.IsNullOrWhiteSpace(line[end - 1].Text))
                end--;
            if (end == 0)
                continue;
            for (int i = 0; i < end - 1; i++)
                yield return line[i];
            yield return new Segment(line[end - 1].Text.TrimEnd(), line[end - 1].Style);
            yield return Segment.LineBreak;
        }
    }
}
