using System.Buffers;
using System.IO.Pipelines;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Lifetime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Calls;

/// <summary>Bodies of calls, read whole into lent memory before any work is done for them: whoever sends slowly holds nothing but their connection.</summary>
/// <remarks>What all bodies under way may take together has a ceiling; bodies of single calls are too small to count.</remarks>
internal sealed class BodyBuffer(Drain drain, IOptions<ServingOptions> options)
{
    private readonly ServingOptions _options = options.Value;
    private long _lent;

    /// <summary>Bytes of the bodies of batches under way.</summary>
    public long Lent => Interlocked.Read(ref _lent);

    /// <summary>Reads the body of a call.</summary>
    /// <exception cref="ProblemException">It is too large, came too slowly, or too many bodies are under way.</exception>
    public async ValueTask<Body> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = _options.Predictions.MaxBodyBytes;
        long expected = request.ContentLength ?? 0;
        if (expected > _options.Predictions.MaxBodyBytes)
            throw new ProblemException(Problems.TooLarge("$", $"found {expected} bytes, expected at most {_options.Predictions.MaxBodyBytes}; send fewer customers in one call, or raise Predictions:MaxBodyBytes."));
        Body body = new(this, (int)Math.Min(expected, _options.Predictions.MaxBodyBytes));
        try
        {
            if (!TryReadAtOnce(request.BodyReader, body, expected))
                await ReadSlowlyAsync(context, body);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>A small body lies there as a rule when the call begins.</summary>
    private static bool TryReadAtOnce(PipeReader reader, Body body, long expected)
    {
        if (expected == 0 || !reader.TryRead(out ReadResult read))
            return false;
        bool whole = read.Buffer.Length == expected;
        if (whole)
            body.Append(read.Buffer);
        reader.AdvanceTo(whole ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
        return whole;
    }

    private async Task ReadSlowlyAsync(HttpContext context, Body body)
    {
        PipeReader reader = context.Request.BodyReader;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(drain.Over);
        end.CancelAfter(TimeSpan.FromSeconds(_options.Calls.BodySeconds));
        await using CancellationTokenRegistration stop = end.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        while (true)
        {
            // Not with the token itself: the server would take the body for one that is being read for ever.
            ReadResult read = await reader.ReadAsync();
            body.Append(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
            if (end.IsCancellationRequested)
            {
                context.Response.Headers.Connection = "close";
                throw new ProblemException(drain.Over.IsCancellationRequested ? Problems.Draining : CallProblems.TooSlow(_options.Calls.BodySeconds));
            }
        }
    }

    private void Lend(long bytes)
    {
        if (bytes > _options.Calls.BatchBytes && Interlocked.Add(ref _lent, bytes) > _options.Calls.MaxBytesTogether)
        {
            GiveBack(bytes);
            throw new ProblemException(CallProblems.Busy("The bodies of the calls under way take all the memory that is meant for them."));
        }
    }

    private void GiveBack(long bytes)
    {
        if (bytes > _options.Calls.BatchBytes)
            Interlocked.Add(ref _lent, -bytes);
    }

    /// <summary>A body in lent memory, until it is disposed of.</summary>
    internal sealed class Body : IDisposable
    {
        private const int Smallest = 1 << 12;

        /// <summary>From here on the pool, which gives powers of two, would waste more than it saves.</summary>
        private const int LargestPooled = 1 << 20;

        private readonly BodyBuffer _owner;
        private byte[] _bytes;
        private int _length;

        public Body(BodyBuffer owner, int expected)
        {
            _owner = owner;
            int size = Math.Max(expected, Smallest);
            owner.Lend(size);
            _bytes = Rent(size);
            Lent = size;
        }

        private int Lent { get; set; }

        public int Length => _length;

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

        public void Append(in ReadOnlySequence<byte> more)
        {
            long length = _length + more.Length;
            if (length > Lent)
                Grow(length);
            more.CopyTo(_bytes.AsSpan(_length));
            _length = (int)length;
        }

        private void Grow(long length)
        {
            int size = (int)Math.Min(Math.Max(length, 2L * Lent), _owner._options.Predictions.MaxBodyBytes + Smallest);
            _owner.Lend(size);
            byte[] larger = Rent(size);
            Bytes.CopyTo(larger);
            Return();
            (_bytes, Lent) = (larger, size);
        }

        private static byte[] Rent(int size) => size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

        private void Return()
        {
            if (Lent <= LargestPooled)
                ArrayPool<byte>.Shared.Return(_bytes);
            _owner.GiveBack(Lent);
            _bytes = [];
            Lent = 0;
        }

        public void Dispose()
        {
            if (_bytes.Length > 0)
                Return();
            _length = 0;
        }
    }
}
