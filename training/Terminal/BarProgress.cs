using CustomerValue.Data.Diagnostics;
using Spectre.Console;

namespace CustomerValue.Training.Terminal;

/// <summary>Progress as bars on a terminal; finished steps stay as a quiet list.</summary>
internal static class BarProgress
{
    private const int BarWidth = 20;

    public static Task<T> RunAsync<T>(IAnsiConsole console, Func<IProgress<StepProgress>, Task<T>> work)
    {
        StepColumn steps = new();
        return console.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = BarWidth, CompletedStyle = new Style(Color.Grey), FinishedStyle = new Style(Color.Grey), RemainingStyle = new Style(Color.Grey23) },
            steps).StartAsync(context => Task.Run(async () =>
        {
            using Reporter reporter = new(context, steps);
            return await work(reporter).ConfigureAwait(false);
        }));
    }

    private sealed class Reporter(ProgressContext context, StepColumn steps) : IProgress<StepProgress>, IDisposable
    {
        private readonly Lock _lock = new();
        private ProgressTask? _task;
        private StepProgress _current;

        public void Report(StepProgress value)
        {
            lock (_lock)
            {
                if (_task is null || value.Phase != _current.Phase)
                {
                    Finish();
                    _task = context.AddTask(value.Phase.EscapeMarkup());
                }
                _current = value;
                _task.IsIndeterminate = value.Total is null;
                _task.MaxValue = Math.Max(value.Total ?? 1, 1);
                _task.Value = value.Total is null ? 0 : value.Done;
                steps.Tell(_task, LineProgress.Units(value));
            }
        }

        public void Dispose()
        {
            lock (_lock)
                Finish();
        }

        private void Finish()
        {
            if (_task is null)
                return;
            _task.IsIndeterminate = false;
            _task.Value = _task.MaxValue;
            _task.StopTask();
            _task = null;
        }
    }
}
