using CustomerValue.Serving.Answers;
using CustomerValue.Serving.Calls;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Decisions;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Health;
using CustomerValue.Serving.Hosting;
using CustomerValue.Serving.Idempotency;
using CustomerValue.Serving.Jobs;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.OpenApi;
using CustomerValue.Serving.Outcomes;
using CustomerValue.Serving.Pages;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Recommendations;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Telemetry;
using CustomerValue.Serving.Trainer;

(bool demo, string[] settings) = DemoData.Read(args);
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
KnownSettings.ReadPrefixedEnvironment(builder.Configuration);
builder.Services
    .AddServingOptions()
    .AddHosting()
    .AddTelemetry(builder.Configuration)
    .AddCalls()
    .AddProblems()
    .AddAccess()
    .AddIdempotency()
    .AddModels()
    .AddCustomers()
    .AddPredictions()
    .AddRecommendations()
    .AddDecisions()
    .AddOutcomes()
    .AddTrainer()
    .AddJobs()
    .AddPages()
    .AddApiDescription();

WebApplication app = builder.Build();
if (await app.RefusesConfigurationAsync())
    return 2;
app.LoadsChampionMeanwhile();
if (await app.RefusesAddressAsync())
    return 2;
if (demo && !await app.MakesDemoDataAsync())
    return 1;
await app.TellsSetupCodeAsync();
app.UseTelemetry();
app.UseAnswerHeaders();
app.UseProblems();
app.UseAllowedHosts();
app.UseHeadAsGet();
app.UseRouting();
app.UsePages();
app.UseAccess();
app.UseEntityTags();
app.MapPredictions();
app.MapRecommendations();
app.MapDecisions();
app.MapOutcomes();
app.MapCustomers();
app.MapModels();
app.MapJobs();
app.MapHealth();
app.MapTelemetry();
app.MapApiDescription();
app.MapPages();
return await app.ListensAsync() ? 0 : 2;
