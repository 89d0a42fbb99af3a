using System.Runtime.InteropServices;

namespace CustomerValue.Training.Hosting;

/// <summary>Turns Ctrl+C and SIGTERM into a cancellation; a second one ends the process at once, which the model store survives.</summary>
internal sealed class Shutdown : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Shutdown() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            Environment.Exit(ExitCode.Cancelled);
        context.Cancel = true;
        _source.Cancel();
    }
}
