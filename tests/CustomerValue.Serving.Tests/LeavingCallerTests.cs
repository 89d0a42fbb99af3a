using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Hosting;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CustomerValue.Serving.Tests;

/// <summary>A caller who leaves while an error is written.</summary>
public sealed class LeavingCallerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_error_is_logged_where_a_caller_leaves_while_a_problem_is_written(bool thrown)
    {
        Errors log = new();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddServingOptions().AddHosting().AddTelemetry(builder.Configuration).AddModels().AddProblems();
        await using WebApplication app = builder.Build();
        app.UseProblems();
        ((IApplicationBuilder)app).Run(context =>
        {
            if (thrown)
                throw new ProblemException(Problems.Unavailable("none"));
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        RequestDelegate pipeline = ((IApplicationBuilder)app).Build();
        using CancellationTokenSource caller = new();
        DefaultHttpContext context = new() { RequestServices = app.Services, RequestAborted = caller.Token };
        LeavingBody body = new(caller);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));

        await pipeline(context);

        body.Begun.Should().BeTrue();
        log.Lines.Should().BeEmpty();
    }

    /// <summary>The connection breaks with the first byte.</summary>
    private sealed class LeavingBody(CancellationTokenSource caller) : MemoryStream
    {
        public bool Begun { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Begun = true;
            await caller.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed class Errors : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
