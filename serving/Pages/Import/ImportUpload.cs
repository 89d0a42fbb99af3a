using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Trainer;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerValue.Serving.Pages.Import;

/// <summary>Takes a file in and leads to what is understood of it.</summary>
internal static class ImportUpload
{
    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/import/upload", async Task<RedirectHttpResult> (IFormFile? file, ImportDesk desk, CancellationToken cancellation) =>
        {
            if (file is not { Length: > 0 })
                return TypedResults.LocalRedirect("/import?empty=true");
            await using Stream content = file.OpenReadStream();
            return TypedResults.LocalRedirect($"/import?file={await desk.KeepAsync(file.FileName, content, cancellation)}");
        }).WithMetadata(new RequestSizeLimitAttribute(BroughtFile.MostBytes), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = BroughtFile.MostBytes }).RequireAuthorization(AccessScope.Admin).ExcludeFromDescription();
}
