using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Api;
using CustomerValue.Serving.Pages.Book;
using CustomerValue.Serving.Pages.Campaigns;
using CustomerValue.Serving.Pages.Contacts;
using CustomerValue.Serving.Pages.Customers;
using CustomerValue.Serving.Pages.Decide;
using CustomerValue.Serving.Pages.Import;
using CustomerValue.Serving.Pages.Models;
using CustomerValue.Serving.Pages.Segments;
using CustomerValue.Serving.Pages.Settings;
using CustomerValue.Serving.Pages.Shell;
using CustomerValue.Serving.Security;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Pages;

/// <summary>The pages of marketing people: rendered on the server, without a circuit; their state is in their address.</summary>
internal static class PagesSetup
{
    /// <summary>Styles are also set on elements, for widths that depend on data; scripts come from here alone.</summary>
    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly Problem s_noForm = new()
    {
        Type = Problems.Prefix + "unknown-form",
        Title = "The form cannot be taken.",
        Status = StatusCodes.Status400BadRequest,
        Detail = "It was not sent from a page of this service, or the page is too old. Open the page again and send the form from there.",
    };

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        ProtectionKeys.ReadLate(services);
        services.AddHttpContextAccessor();
        services.AddCascadingValue(provider => new PageScope(provider.GetRequiredService<IHttpContextAccessor>().HttpContext, provider.GetRequiredService<HouseCurrency>().Code));
        services.AddSingleton<BookSummaries>().AddSingleton<BookLines>().AddHostedService<SummariesWarmUp>().AddSingleton<ImportDesk>().AddSingleton<SegmentDesk>();
        services.AddSingleton(provider => new WorkDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.WorkPlace));
        services.AddSingleton<ApiCalls>().AddSingleton<BookMemory>().AddSingleton<StorePlaybook>().AddSingleton<PlanDesk>().AddSingleton<DecideDesk>();
        services.AddSingleton<CampaignDesk>().AddSingleton<ContactDesk>().AddSingleton<HouseCurrency>();
        services.AddSingleton(provider => new CustomerErasure(provider.GetRequiredService<ModelStore>().Folder, provider.GetRequiredService<CustomerBookDatabase>(), provider.GetRequiredService<WorkDatabase>(), provider.GetRequiredService<OutcomeDatabase>(), provider.GetRequiredService<AccessDatabase>(), provider.GetRequiredService<CampaignDesk>().Folder.Erase, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Headers of pages, their language, and a page in the place of problem details where a browser asks.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (!IsPage(context))
            {
                await next(context);
                return;
            }
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            if (context.Request.Query[PageScope.LanguageName].LastOrDefault() is { } language and ("en" or "zh"))
                context.Response.Cookies.Append(PageScope.LanguageName, language, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
            await context.RequestServices.GetRequiredService<HouseCurrency>().LookAsync(context.RequestAborted);
            try
            {
                await next(context);
                if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound } && context.GetEndpoint() is null)
                    await ShowAsync(context, Problems.OfStatus(context));
                // A form without its token or its name ends without a body.
                else if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
                    await (IsAskedByBrowser(context.Request) ? ShowAsync(context, s_noForm) : Problems.WriteAsync(context, s_noForm));
            }
            catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                await ShowAsync(context, context.RequestServices.GetRequiredService<ProblemMapper>().Map(context, error));
            }
        });
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapRazorComponents<Document>().Add(endpoint => endpoint.Metadata.Add(new ExcludeFromDescriptionAttribute()));
        routes.MapPageAssets();
        routes.MapImport();
        routes.MapGet("/customers/export", CustomersExport.WriteAsync).ExcludeFromDescription();
        routes.MapGet("/segments/people.csv", SegmentExport.WriteAsync).ExcludeFromDescription();
        routes.MapGet("/contacts/export", ContactsExport.WriteAsync).ExcludeFromDescription();
        routes.MapGet("/contacts/sheets", SheetsFile.SendAsync).RequireAuthorization(AccessScope.Export).ExcludeFromDescription();
        routes.MapGet("/decide/plan.csv", PlanExport.WriteAsync).ExcludeFromDescription();
        routes.MapGet("/campaign/list.csv", CampaignFiles.List).ExcludeFromDescription();
        routes.MapGet("/campaign/report", CampaignFiles.Report).ExcludeFromDescription();
        routes.MapGet("/model/report", ReportFile.Send).ExcludeFromDescription();
    }

    /// <summary>Browsers name pages first in what they accept; programs do not.</summary>
    private static bool IsPage(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        || (HttpMethods.IsGet(context.Request.Method) && IsAskedByBrowser(context.Request) && !AccessSetup.IsForPrograms(context.Request));

    private static bool IsAskedByBrowser(HttpRequest request) => request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    private static async Task ShowAsync(HttpContext context, Problem problem)
    {
        context.RequestServices.GetRequiredService<ProblemMeter>().Count(problem);
        context.Response.Clear();
        Answers.AnswerHeaders.Set(context.Response);
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        (string title, string detail) = problem.Status == StatusCodes.Status404NotFound
            ? ("There is no such page.", "The address names nothing here. It may have been typed wrongly, or the page has moved.")
            : (problem.Title, problem.Detail ?? "");
        // Services of its own: those of the page that failed have begun with another address already.
        await using AsyncServiceScope scope = context.RequestServices.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<ProblemDocument>(new Dictionary<string, object?>
        {
            [nameof(ProblemDocument.Title)] = title,
            [nameof(ProblemDocument.Detail)] = detail,
            [nameof(ProblemDocument.TraceId)] = problem.TraceId,
        })
        { StatusCode = problem.Status }.ExecuteAsync(context);
    }
}
