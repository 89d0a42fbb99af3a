using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Telemetry;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Models;

/// <summary>Where models come from; the one place of this feature that knows which engines there are.</summary>
internal static class ModelsSetup
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton(provider => MLNetEngine.AddTo(CandidateCatalogue.Standard, provider.GetRequiredService<IOptions<ServingOptions>>().Value.MLNet.ServeFromPool));
        services.AddSingleton(new EngineStatus(MLNetEngine.Version));
        services.AddSingleton(provider =>
        {
            ServingOptions options = provider.GetRequiredService<IOptions<ServingOptions>>().Value;
            return new ModelStore(options.Store, provider.GetRequiredService<TimeProvider>(), options.TrustedKey is { Length: > 0 } trusted ? TrustedKeys.Read(trusted, options.Store) : null);
        });
        services.AddSingleton<VersionLoader>().AddSingleton<Challenger>().AddSingleton<AutomaticReturn>().AddSingleton<Differences>().AddSingleton<Champion>().AddSingleton<IInstruments, ModelInstruments>();
        services.AddSingleton<ChampionWatcher>().AddHostedService(provider => provider.GetRequiredService<ChampionWatcher>());
        services.AddSingleton<ChallengerWatcher>().AddHostedService(provider => provider.GetRequiredService<ChallengerWatcher>());
        services.AddSingleton<ModelDesk>();
        return services;
    }

    /// <summary>Begins to load the champion while everything else is set up: on two processors the first answer comes that much sooner.</summary>
    public static void LoadsChampionMeanwhile(this WebApplication app) => _ = Task.Run(() => app.Services.GetRequiredService<ChampionWatcher>().LookAsync(CancellationToken.None));
}
