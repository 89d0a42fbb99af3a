using CustomerValue.Training;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;


using Shutdown shutdown = new();
App app = new(CommandEnvironment.OfProcess() with { LimitMemory = MemoryLimit.Apply }, Verbs.All());
return await app.RunAsync(args, shutdown.Token);
