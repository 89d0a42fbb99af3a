using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Radzen;

namespace CustomerValue.Reporting.Rendering;

/// <summary>Renders a component to text that needs neither server nor script.</summary>
public static partial class StaticPage
{
    /// <summary>Renders a component; the same parameters give the same text.</summary>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <param name="parameters">Its parameters by name.</param>
    public static string Render<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent =>
        RenderAsync<TComponent>(parameters).GetAwaiter().GetResult();

    private static async Task<string> RenderAsync<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent
    {
        ServiceCollection services = new();
        services.AddRadzenComponents();
        services.AddSingleton<NavigationManager, NoNavigation>();
        services.AddSingleton<IJSRuntime, NoScript>();
        ServiceProvider provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            HtmlRenderer renderer = new(provider, NullLoggerFactory.Instance);
            await using (renderer.ConfigureAwait(false))
            {
                string html = await renderer.Dispatcher.InvokeAsync(async () =>
                    (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters)).ConfigureAwait(true)).ToHtmlString()).ConfigureAwait(false);
                return WithStableIds(html);
            }
        }
    }

    /// <summary>Charts name themselves by chance; number them instead, so that equal reports are equal files.</summary>
    private static string WithStableIds(string html)
    {
        int number = 0;
        foreach (string id in ChartId().Matches(html).Select(match => match.Groups[1].Value).Distinct().ToArray())
            html = html.Replace(id, string.Create(CultureInfo.InvariantCulture, $"chart-{++number}"), StringComparison.Ordinal);
        return html;
    }

    [GeneratedRegex("class=\"rz-chart[^>]*? id=\"([A-Za-z0-9_-]+)\"")]
    private static partial Regex ChartId();

    private sealed class NoNavigation : NavigationManager
    {
        public NoNavigation() => Initialize("file:///", "file:///");
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, default, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            throw new NotSupportedException($"A static page runs no script, and '{identifier}' was asked for.");
    }
}
