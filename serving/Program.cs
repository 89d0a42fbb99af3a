using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Health;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.OpenApi;
using CustomerValue.Serving.Predictions;
using Microsoft.Extensions.Options;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services
    .AddServingOptions()
    .AddModels()
    .AddProblems()
    .AddApiDescription();

WebApplication app = builder.Build();
app.UseProblems();
app.MapPredictions();
app.MapCustomers();
app.MapModels();
app.MapHealth();
app.MapApiDescription();

try
{
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException error)
{
    foreach (string failure in error.Failures)
        await Console.Error.WriteLineAsync($"configuration: {failure}");
    return 2;
}
