using CustomerValue.CustomerBook.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerValue.Serving.Pages.Import;

/// <summary>Takes a file in and leads to what is understood of it.</summary>
internal static class ImportUpload
{
    /// <summary>Bytes of one file.</summary>
    public const long MostBytes = 4L << 30;

    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/import/upload", async Task<RedirectHttpResult> (IFormFile? file, ImportDesk desk, CancellationToken cancellation) =>
        {
            if (file is not { Length: > 0 })
                return TypedResults.LocalRedirect("/import?empty=true");
            await using Stream content = file.OpenReadStream();
            return TypedResults.LocalRedirect($"/import?file={await desk.KeepAsync(file.FileName, content, cancellation)}");
        }).WithMetadata(new RequestSizeLimitAttribute(MostBytes), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = MostBytes }).RequireAuthorization(AccessScope.Admin).ExcludeFromDescription();
}
