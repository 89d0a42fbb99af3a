using CustomerValue.CustomerBook;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

/// <summary>Checks the ranges that the options state.</summary>
[OptionsValidator]
internal sealed partial class ServingOptionsValidator : IValidateOptions<ServingOptions>;

/// <summary>Checks that the places exist or can come to exist.</summary>
internal sealed class PlacesValidator : IValidateOptions<ServingOptions>
{
    public ValidateOptionsResult Validate(string? name, ServingOptions options)
    {
        List<string> failures = [];
        if (File.Exists(options.Store))
            failures.Add($"Store: {Path.GetFullPath(options.Store)} is a file, expected the folder of a model store; name its folder.");
        try
        {
            if (!string.IsNullOrWhiteSpace(options.Store))
                _ = new CustomerBookDatabase(options.Book);
        }
        catch (CustomerBookException error)
        {
            failures.Add($"CustomerBook: {error.Message}");
        }
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
