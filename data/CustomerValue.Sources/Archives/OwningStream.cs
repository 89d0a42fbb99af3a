using CustomerValue.Data.Files;

namespace CustomerValue.Sources.Archives;

/// <summary>A stream that closes its container with itself.</summary>
internal sealed class OwningStream(Stream inner, IDisposable owner) : ForwardStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            owner.Dispose();
        }
        base.Dispose(disposing);
    }
}
