using System.Diagnostics;
using System.Security.Cryptography;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Lifetime;
using Microsoft.AspNetCore.Diagnostics;

namespace CustomerValue.Serving.Errors;

/// <summary>The one place where exceptions become answers; nothing of a stack trace leaves the process.</summary>
internal sealed partial class ProblemMapper(ModelStore store, Drain drain, Outages outages, ILogger<ProblemMapper> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        await Problems.WriteAsync(httpContext, Map(httpContext, exception));
        return true;
    }

    /// <summary>The problem that an exception is; what only the log may know is written there.</summary>
    public Problem Map(HttpContext context, Exception exception)
    {
        if (exception is CryptographicException { InnerException: CustomerBookException unreadable }) // the keys of cookies could not be read
            exception = unreadable;
        switch (exception)
        {
            case ProblemException problem:
                return problem.Problem;
            case BadHttpRequestException bad:
                context.Response.StatusCode = bad.StatusCode;
                return Problems.OfStatus(context, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? null : bad.Message);
            case BadDataException data:
                return Problems.Invalid(new Dictionary<string, string[]> { ["$"] = [data.Message] });
            case ModelStoreException or CustomerBookException:
                if (outages.IsNews(exception.Message))
                    LogUnavailable(exception.Message);
                return Problems.Unavailable(exception is ModelStoreException ? StorePath.Hidden(exception.Message, store) : "The customer book cannot be read; the log of this service says why. Predictions need no book.");
            case OperationCanceledException or IOException when drain.IsUnderWay:
                return Problems.Draining;
            default:
                string trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
                LogBug(trace, exception);
                return Problems.Bug(trace);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Message}")]
    private partial void LogUnavailable(string message);

    [LoggerMessage(LogLevel.Error, "Request {TraceId} failed")]
    private partial void LogBug(string traceId, Exception exception);
}
