using CustomerValue.Training;
using CustomerValue.Training.Commands;
using CustomerValue.Training.Hosting;

using Shutdown shutdown = new();
App app = new(CommandEnvironment.OfProcess(), Verbs.All());
return await app.RunAsync(args, shutdown.Token);
