using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerValue.Training.Terminal;

/// <summary>What a step has done and how long it takes: <c>12,345 of 20,000 customers  1.2 s</c>.</summary>
internal sealed class StepColumn : ProgressColumn
{
    private readonly ConcurrentDictionary<int, string> _done = [];

    protected override bool NoWrap => true;

    /// <summary>Sets the text of a step.</summary>
    public void Tell(ProgressTask task, string done) => _done[task.Id] = done;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        string done = _done.GetValueOrDefault(task.Id) is { Length: > 0 } text ? text + "  " : "";
        return new Text($"{done}{Figures.Duration(task.ElapsedTime ?? TimeSpan.Zero)}", new Style(Color.Grey));
    }
}
