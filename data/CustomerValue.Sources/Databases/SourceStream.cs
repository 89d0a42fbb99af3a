using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;

namespace CustomerValue.Sources.Databases;

/// <summary>Bytes of a database's answer; what goes wrong while they come is said in its own words.</summary>
/// <param name="answer">The bytes.</param>
/// <param name="owner">What is closed with them.</param>
/// <param name="told">Makes an error of the source out of one of its library; null where it is none.</param>
internal sealed class SourceStream(Stream answer, IDisposable owner, Func<Exception, BadDataException?> told) : ForwardStream
{
    private bool _isDone;
    private BadDataException? _fault;

    public override int Read(Span<byte> buffer)
    {
        if (_isDone)
            return 0;
        // Threads that read in turn are all told what the first was told: the library would speak of a stream that is closed.
        if (_fault is not null)
            throw new BadDataException(_fault.Message, _fault);
        try
        {
            int read = answer.Read(buffer);
            _isDone = read == 0 && buffer.Length > 0;
            return read;
        }
        catch (Exception error) when (told(error) is { } bad)
        {
            _fault = bad;
            throw bad;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                answer.Dispose();
            }
            catch (Exception error) when (told(error) is not null)
            {
                // Rows that nobody waits for any more were cut off.
            }
            owner.Dispose();
        }
        base.Dispose(disposing);
    }
}
