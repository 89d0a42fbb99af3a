using System.Security.Cryptography;
using System.Text;
using CustomerValue.Reporting.Design;

namespace CustomerValue.Serving.Pages.Shell;

/// <summary>The style sheet and the script of the pages, under names that change with their content, so that browsers may keep them.</summary>
internal static class PageAssets
{
    private const string Folder = "/assets/";
    private static readonly byte[] s_style = Encoding.UTF8.GetBytes(Style.Text), s_script = Script();

    public static string StylePath { get; } = $"{Folder}design.{Mark(s_style)}.css";

    public static string ScriptPath { get; } = $"{Folder}pages.{Mark(s_script)}.js";

    public static void MapPageAssets(this IEndpointRouteBuilder routes)
    {
        Map(StylePath, s_style, "text/css; charset=utf-8");
        Map(ScriptPath, s_script, "text/javascript; charset=utf-8");

        void Map(string path, byte[] content, string type) => routes.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(content, type);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static string Mark(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];

    private static byte[] Script()
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream("pages.js")!;
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
