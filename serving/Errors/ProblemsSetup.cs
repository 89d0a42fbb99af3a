namespace CustomerValue.Serving.Errors;

internal static class ProblemsSetup
{
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddSingleton<Outages>().AddSingleton<ProblemMeter>().AddSingleton<ProblemMapper>().AddExceptionHandler<ProblemMapper>().AddProblemDetails();

    /// <summary>Every answer of 400 and above is problem details, whoever gave it.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problems.WriteAsync(context.HttpContext, Problems.OfStatus(context.HttpContext)));
        return app;
    }
}
