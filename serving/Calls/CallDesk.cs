using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Lifetime;
using CustomerValue.Serving.Telemetry;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CustomerValue.Serving.Calls;

/// <summary>Makes an answer of a body.</summary>
internal delegate TAnswer Answering<TAnswer>(ReadOnlySpan<byte> body, CancellationToken cancellation);

/// <summary>Writes an answer.</summary>
internal delegate void Writing<TAnswer>(TAnswer answer, Utf8JsonWriter writer, JsonSerializerOptions form);

/// <summary>Takes in the calls that cost work, each in the lane of its size, and refuses with 429 what would wait too long.</summary>
internal sealed class CallDesk(BodyBuffer bodies, Drain drain, IOptions<ServingOptions> options, IOptions<JsonOptions> json) : IDisposable
{
    private const int SmallAnswer = 1 << 11;

    private static readonly Problem s_busy = CallProblems.Busy("Too many calls wait."), s_busyWithBatches = CallProblems.Busy("Too many large calls wait.");

    private readonly int _batchBytes = options.Value.Calls.BatchBytes;
    private readonly SingleLane _singles = new(TimeSpan.FromMilliseconds(options.Value.Calls.WaitMilliseconds));
    private readonly BatchLane _batches = new(TimeSpan.FromMilliseconds(options.Value.Calls.BatchWaitMilliseconds), options.Value.Calls.BatchQueue);

    /// <summary>The lane of small calls.</summary>
    public SingleLane Singles => _singles;

    /// <summary>The lane of large calls.</summary>
    public BatchLane Batches => _batches;

    /// <summary>Answers a call by what the serializer makes of an answer.</summary>
    /// <exception cref="ProblemException">The call cannot be taken in or answered.</exception>
    public Task AnswerAsync<TAnswer>(HttpContext context, Answering<TAnswer> answering) =>
        AnswerAsync(context, answering, static (answer, writer, form) => JsonSerializer.Serialize(writer, answer, (JsonTypeInfo<TAnswer>)form.GetTypeInfo(typeof(TAnswer))));

    /// <summary>Answers a call.</summary>
    /// <exception cref="ProblemException">The call cannot be taken in or answered.</exception>
    public async Task AnswerAsync<TAnswer>(HttpContext context, Answering<TAnswer> answering, Writing<TAnswer> writing)
    {
        ThrowUnlessJson(context);
        if (drain.IsUnderWay)
            throw new ProblemException(Problems.Draining);
        // Before the body is looked at: what is refused should cost next to nothing, and throws nothing either.
        if (context.Request.ContentLength < _batchBytes && !_singles.HasRoom)
        {
            await Problems.WriteAsync(context, s_busy);
            return;
        }
        using BodyBuffer.Body body = await ReadAsync(context);
        CancellationToken left = context.RequestAborted;
        ArrayBufferWriter<byte> answer;
        if (body.Length < _batchBytes)
        {
            _singles.Enter();
            long started = Stopwatch.GetTimestamp();
            try
            {
                answer = Answer(body, answering, writing, left);
            }
            finally
            {
                _singles.Leave(started);
            }
        }
        else
        {
            answer = null!;
            if (!await _batches.TryRunAsync(() => answer = Answer(body, answering, writing, left), left))
            {
                body.Dispose();
                await Problems.WriteAsync(context, s_busyWithBatches);
                return;
            }
        }
        body.Dispose();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(answer.WrittenMemory, left);
    }

    /// <summary>Makes something of a call's body that is answered later, once a database is done: the lanes are for work of processors.</summary>
    /// <exception cref="ProblemException">The call cannot be taken in, or its body cannot be read.</exception>
    public async Task<T> ReadAsync<T>(HttpContext context, Answering<T> reading)
    {
        ThrowUnlessJson(context);
        if (drain.IsUnderWay)
            throw new ProblemException(Problems.Draining);
        if (!_singles.HasRoom)
            throw new ProblemException(s_busy);
        using BodyBuffer.Body body = await ReadAsync(context);
        return reading(body.Bytes, context.RequestAborted);
    }

    public void Dispose() => _batches.Dispose();

    private ArrayBufferWriter<byte> Answer<TAnswer>(BodyBuffer.Body body, Answering<TAnswer> answering, Writing<TAnswer> writing, CancellationToken left)
    {
        using Activity? step = ServiceMeter.Steps.StartActivity("answer");
        left.ThrowIfCancellationRequested();
        JsonSerializerOptions form = json.Value.SerializerOptions;
        TAnswer answer = answering(body.Bytes, left);
        ArrayBufferWriter<byte> buffer = new(Math.Max(SmallAnswer, body.Length / 2));
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = form.Encoder, SkipValidation = true });
        writing(answer, writer, form);
        writer.Flush();
        return buffer;
    }

    private async ValueTask<BodyBuffer.Body> ReadAsync(HttpContext context)
    {
        using Activity? step = ServiceMeter.Steps.StartActivity("read body");
        return await bodies.ReadAsync(context);
    }

    private static void ThrowUnlessJson(HttpContext context)
    {
        string? found = context.Request.ContentType;
        if (found is "application/json")
            return;
        if (!MediaTypeHeaderValue.TryParse(found, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            throw new ProblemException(Problems.OfStatus(context));
        }
    }
}

internal static class CallsSetup
{
    /// <summary>Threads beside those that work: they refuse what is too much and answer probes while all others are busy.</summary>
    private const int SpareThreads = 2;

    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        ThreadPool.GetMinThreads(out _, out int completion);
        ThreadPool.SetMinThreads(Environment.ProcessorCount + SpareThreads, completion);
        return services.AddSingleton<BodyBuffer>().AddSingleton<CallDesk>().AddSingleton<IInstruments, CallInstruments>();
    }
}
