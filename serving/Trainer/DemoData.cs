using CustomerValue.Models.Store;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Trainer;

/// <summary><c>--demo</c>: simulated customers and a model of them, where the store is empty.</summary>
internal static class DemoData
{
    private const string Switch = "--demo";

    public static IServiceCollection AddTrainer(this IServiceCollection services) => services.AddSingleton<TrainingProgram>();

    /// <summary>Takes the switch out of the arguments, which else are all settings.</summary>
    public static (bool Demo, string[] Settings) Read(string[] arguments) => (arguments.Contains(Switch), [.. arguments.Where(argument => argument != Switch)]);

    /// <summary>Trains on simulated customers where no model is there yet, and says how it goes; false where that failed.</summary>
    public static async Task<bool> MakesDemoDataAsync(this WebApplication app)
    {
        ServingOptions options = app.Services.GetRequiredService<IOptions<ServingOptions>>().Value;
        ModelStore store = app.Services.GetRequiredService<ModelStore>();
        if (store.Champion is { } champion)
        {
            await Console.Error.WriteLineAsync($"demo: store {store.Folder} has a model already, {champion}; it serves.");
            return true;
        }
        await Console.Error.WriteLineAsync("demo: simulating customers of a shop and training a model on them; a minute or two ...");
        try
        {
            string[] book = options.CustomerBook is { Length: > 0 } place ? ["--book", place] : [];
            TrainingProgram training = app.Services.GetRequiredService<TrainingProgram>();
            int code = await training.RunAsync(
                ["demo", "--store", store.Folder, .. training.Keys(signs: true), "--out", Path.Combine(store.Folder, "demo"), .. options.DemoCustomers is { } customers ? (string[])["--customers", $"{customers}"] : [], .. book], Console.Error.WriteLine, CancellationToken.None);
            if (code == 0)
                return true;
            await Console.Error.WriteLineAsync($"demo: training ended with exit code {code}; its message stands above.");
        }
        catch (FileNotFoundException missing)
        {
            await Console.Error.WriteLineAsync($"demo: {missing.Message}");
        }
        return false;
    }
}
