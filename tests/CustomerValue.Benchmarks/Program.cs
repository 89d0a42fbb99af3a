using CustomerValue.Benchmarks;

// dotnet run -c Release --project tests/CustomerValue.Benchmarks -- NAME [ARG...]
List<IBenchmark> benchmarks = [.. typeof(IBenchmark).Assembly.GetTypes()
    .Where(type => type.IsClass && typeof(IBenchmark).IsAssignableFrom(type))
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)];

if (args.Length > 0 && benchmarks.Find(benchmark => benchmark.Name == args[0]) is { } chosen)
    return chosen.Run(args[1..]);

Console.Error.WriteLine("Benchmarks (each prints figures beside a named peer measured in the same run):");
foreach (IBenchmark benchmark in benchmarks)
    Console.Error.WriteLine($"  {benchmark.Name,-16} {benchmark.Summary}");
return 2;
