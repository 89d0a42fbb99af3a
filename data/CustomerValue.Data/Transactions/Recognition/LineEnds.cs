namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>A text whose lines end in CR alone, as one whose lines end in LF.</summary>
internal sealed class CarriageReturnStream(Stream text) : Files.ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        int read = text.Read(buffer);
        buffer[..read].Replace((byte)'\r', (byte)'\n');
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }
}
