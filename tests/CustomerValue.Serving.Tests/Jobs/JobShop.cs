using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Jobs;

/// <summary>A store of its own and the transactions as a file; and the program that works on jobs, held back while a file is there, so that a test finds a job in the middle.</summary>
public sealed class JobShop : IDisposable
{
    private readonly string _hold;

    public JobShop(TrainedStore trained)
    {
        Store = trained.Copy().Folder;
        Folder = Directory.CreateTempSubdirectory("jobs-").FullName;
        Orders = TrainingProcess.File(Folder, trained.Rows);
        _hold = Path.Combine(Folder, "hold");
        Program = Path.Combine(Folder, "program");
        string real = Path.ChangeExtension(TrainingProcess.Program, null);
        File.WriteAllText(Program, $"#!/bin/sh\nwhile [ -e '{_hold}' ]; do sleep 0.05; done\nexec '{real}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    internal string Store { get; }

    internal string Folder { get; }

    /// <summary>The transactions.</summary>
    internal string Orders { get; }

    /// <summary>The program that works on jobs, as a setting.</summary>
    internal string Program { get; }

    internal string Jobs => Path.Combine(Store, "jobs");

    /// <summary>Starts a service before the store.</summary>
    internal ServingHost Start(TimeProvider? clock = null, params (string Key, string Value)[] settings) => ServingHost.StartAt(clock ?? TimeProvider.System, Store, [("TrainingProgram", Program), .. settings]);

    /// <summary>Keeps every job that begins from going on.</summary>
    internal void Hold()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is held back by a script of Unix.");
        File.WriteAllText(_hold, "");
    }

    /// <summary>Lets them go on.</summary>
    internal void Release() => File.Delete(_hold);

    /// <summary>Runs a verb on the transactions by itself and gives what it wrote.</summary>
    internal byte[] Written(string ending, params string[] arguments)
    {
        string file = Path.Combine(Folder, $"alone.{ending}");
        TrainingProcess.Run(Folder, [.. arguments, "--store", Store, "--out", file]);
        return File.ReadAllBytes(file);
    }

    /// <summary>Sends the transactions as a form.</summary>
    internal Task<HttpResponseMessage> SendAsync(ServingHost host, string verb, params (string Name, string Value)[] options) => SendAsync(host, verb, File.ReadAllBytes(Orders), "orders.csv", options);

    internal static async Task<HttpResponseMessage> SendAsync(ServingHost host, string verb, byte[] content, string name, params (string Name, string Value)[] options)
    {
        using MultipartFormDataContent form = [];
        foreach ((string option, string value) in options)
            form.Add(new StringContent(value, Encoding.UTF8), option);
        form.Add(new ByteArrayContent(content), "file", name);
        return await host.Client.PostAsync(new Uri($"/v1/jobs/{verb}", UriKind.Relative), form);
    }

    /// <summary>Sends the transactions and gives the id of the job.</summary>
    internal async Task<string> GiveAsync(ServingHost host, string verb, params (string Name, string Value)[] options)
    {
        Answer answer = await Answer.ReadAsync(await SendAsync(host, verb, options));
        ((int)answer.Status).Should().Be(202, answer.Text);
        return answer.Json["id"]!.GetValue<string>();
    }

    /// <summary>Waits until a job is in a state, and gives it.</summary>
    internal static async Task<JsonNode> WaitAsync(ServingHost host, string id, string state)
    {
        Answer answer = await host.GetAsync($"/v1/jobs/{id}");
        for (int look = 0; look < 600 && answer.Json["state"]?.GetValue<string>() != state; look++)
        {
            await Task.Delay(100);
            answer = await host.GetAsync($"/v1/jobs/{id}");
        }
        answer.Json["state"]?.GetValue<string>().Should().Be(state, "{0} {1}", answer.Text, string.Join('\n', host.Log));
        return answer.Json;
    }

    internal static async Task<Answer> DeleteAsync(ServingHost host, string id) => await Answer.ReadAsync(await host.Client.DeleteAsync(new Uri($"/v1/jobs/{id}", UriKind.Relative)));

    public void Dispose()
    {
        Release();
        Directory.Delete(Folder, recursive: true);
    }
}
