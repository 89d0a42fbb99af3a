using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerValue.Reporting.Rendering;

/// <summary>Renders a component to text that needs neither server nor script.</summary>
public static class StaticPage
{
    /// <summary>Renders a component; the same parameters give the same text.</summary>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <param name="parameters">Its parameters by name.</param>
    public static string Render<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent =>
        RenderAsync<TComponent>(parameters).GetAwaiter().GetResult();

    private static async Task<string> RenderAsync<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent
    {
        ServiceProvider provider = new ServiceCollection().BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            HtmlRenderer renderer = new(provider, NullLoggerFactory.Instance);
            await using (renderer.ConfigureAwait(false))
                return await renderer.Dispatcher.InvokeAsync(async () =>
                    (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters)).ConfigureAwait(true)).ToHtmlString()).ConfigureAwait(false);
        }
    }
}
