using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

internal static class ConfigurationSetup
{
    public static IServiceCollection AddServingOptions(this IServiceCollection services)
    {
        services.AddOptions<ServingOptions>().BindConfiguration("");
        services.AddSingleton<IValidateOptions<ServingOptions>, ServingOptionsValidator>();
        services.AddSingleton<IValidateOptions<ServingOptions>, PlacesValidator>();
        return services;
    }
}
