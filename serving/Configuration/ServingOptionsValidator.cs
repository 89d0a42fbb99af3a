using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Models.Store;
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
        if (options.Telemetry.Collector is { Length: > 0 } collector && !TelemetryOptions.IsAddress(collector))
            failures.Add($"Telemetry:Collector: found '{collector}', expected an address such as http://localhost:4317.");
        foreach (string folder in options.Jobs.Folders.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(folder => !Path.IsPathFullyQualified(folder)))
            failures.Add($"Jobs:Folders: found '{folder}', expected the full path of a folder; several are parted by semicolons.");
        failures.AddRange(options.Jwt.Faults());
        failures.AddRange(options.Security.Faults());
        try
        {
            if (options.Jwt.KeyFile is { Length: > 0 } tokens)
                TokenKeys.Read(tokens);
        }
        catch (FormatException error)
        {
            failures.Add($"Jwt:KeyFile: {error.Message}");
        }
        try
        {
            ClaimWords.Read(options.Jwt.Scopes, "scope", AccessScope.All);
        }
        catch (FormatException error)
        {
            failures.Add($"Jwt:Scopes: {error.Message}");
        }
        try
        {
            if (options.TrustedKey is { Length: > 0 } trusted)
                TrustedKeys.Read(trusted, options.Store);
        }
        catch (ModelStoreException error)
        {
            failures.Add($"TrustedKey: {error.Message}");
        }
        try
        {
            if (options.SignKey is { Length: > 0 } key)
                SigningKey.Read(key, options.Store).Dispose();
        }
        catch (ModelStoreException error)
        {
            failures.Add($"SignKey: {error.Message}");
        }
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
