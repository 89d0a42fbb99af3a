using CustomerValue.Data.Diagnostics;
using Spectre.Console;

namespace CustomerValue.Training.Rendering;

/// <summary>Progress as bars on a terminal; finished steps stay as a quiet list.</summary>
internal static class BarProgress
{
    public static Task<T> RunAsync<T>(IAnsiConsole console, TimeProvider clock, Func<IProgress<StepProgress>, Task<T>> work) => console.Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 24, CompletedStyle = new Style(Color.Grey), FinishedStyle = new Style(Color.Grey), RemainingStyle = new Style(Color.Grey23) },
            new ElapsedTimeColumn { Style = new Style(Color.Grey) })
        .StartAsync(context => Task.Run(async () =>
        {
            using Reporter reporter = new(context, clock);
            return await work(reporter).ConfigureAwait(false);
        }));

    private sealed class Reporter(ProgressContext context, TimeProvider clock) : IProgress<StepProgress>, IDisposable
    {
        private readonly Lock _lock = new();
        private ProgressTask? _task;
        private StepProgress _current;
        private long _started;

        public void Report(StepProgress value)
        {
            lock (_lock)
            {
                if (_task is null || value.Phase != _current.Phase)
                {
                    Finish();
                    _task = context.AddTask(value.Phase.EscapeMarkup());
                    _started = clock.GetTimestamp();
                }
                _current = value;
                _task.IsIndeterminate = value.Total is null;
                _task.MaxValue = Math.Max(value.Total ?? 1, 1);
                _task.Value = value.Total is null ? 0 : value.Done;
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
            _task.Description = $"{_current.Phase.EscapeMarkup()} [{Theme.Faint}]{Figures.Duration(clock.GetElapsedTime(_started))}[/]";
            _task.IsIndeterminate = false;
            _task.Value = _task.MaxValue;
            _task.StopTask();
            _task = null;
        }
    }
}
