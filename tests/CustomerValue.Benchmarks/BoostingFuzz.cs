using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Reads mutated model files; each must be read or refused, without a crash, a hang, or more memory than ten times its size.</summary>
internal sealed class BoostingFuzz : IBenchmark
{
    /// <summary>What a refusal costs whatever the file: its message and the exception.</summary>
    private const long FixedBytes = 64_000;

    private static readonly int[] OddNumbers = [0, -1, 1, int.MaxValue, int.MinValue, 1 << 20, 0x7F80_0000, 0x7FC0_0000];

    public string Name => "boosting-fuzz";

    public string Summary => "mutated model files, binary and JSON: [COUNT=1000000]";

    public int Run(string[] args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        BoostingTable table = new(600, 8);
        string?[] levels = [.. Enumerable.Range(0, 600).Select(row => row % 11 == 0 ? null : $"level {row % 7}")];
        BoostingData data = new([.. table.Training.Columns, FeatureColumn.Categorical("level", levels)]);
        Booster model = Booster.Fit(new(data, table.Binary.Training), new() { Objective = Objectives.Logistic, Rounds = 3, MaxLeaves = 6, CategorySmoothing = 1 });
        byte[] binary = Bytes(model.Save), json = Bytes(model.SaveXgboost);
        Random random = new(1);
        int refused = 0;
        double mostMemory = 0;
        for (int i = 0; i < count; i++)
        {
            bool foreign = i % 8 == 0;
            byte[] mutant = Mutate(foreign ? json : binary, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Booster read = foreign ? Booster.LoadXgboost(new MemoryStream(mutant)) : Booster.Load(new MemoryStream(mutant));
                mostMemory = Math.Max(mostMemory, Growth(before, mutant));
                Score(read, data);
            }
            catch (InvalidModelException)
            {
                refused++;
                mostMemory = Math.Max(mostMemory, Growth(before, mutant));
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} mutated files: {refused} refused, {count - refused} read and scored, none crashed; at most {mostMemory:F1} times a file's size allocated in all while reading it"));
        return 0;
    }

    private static double Growth(long before, byte[] file) => (double)Math.Max(0, GC.GetAllocatedBytesForCurrentThread() - before - FixedBytes) / Math.Max(1, file.Length);

    private static void Score(Booster model, BoostingData data)
    {
        Span<double> margins = stackalloc double[1];
        Span<float> row = stackalloc float[model.Features.Count];
        for (int i = 0; i < row.Length; i++)
            row[i] = i < data.Columns.Count ? data.Columns[i].Values.Span[0] : float.NaN;
        if (model.Objective.Outputs == 1)
            model.PredictRaw(row, margins, []);
    }

    private static byte[] Bytes(Action<Stream> save)
    {
        using MemoryStream stream = new();
        save(stream);
        return stream.ToArray();
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutant = [.. file];
        switch (random.Next(5))
        {
            case 0:
                return mutant[..random.Next(mutant.Length)];
            case 1:
                int from = random.Next(mutant.Length), to = random.Next(from, mutant.Length);
                return [.. mutant[..to], .. mutant[from..]];
            case 2:
                BitConverter.TryWriteBytes(mutant.AsSpan(random.Next(mutant.Length - sizeof(int)) & ~3), OddNumbers[random.Next(OddNumbers.Length)]);
                return mutant;
            default:
                for (int flips = random.Next(1, 6); flips > 0; flips--)
                    mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
                return mutant;
        }
    }
}
