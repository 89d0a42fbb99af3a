using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Reads mutated model files; each must be read or refused, without a crash, a hang, or, in the binary format, more memory than ten times its size.</summary>
internal sealed class BoostingFuzz : IBenchmark
{
    /// <summary>What reading costs whatever the file: messages, exceptions, the reader itself.</summary>
    private const long FixedBytes = 16_000;

    private const int LargeFiles = 2_000;

    private static readonly int[] s_oddNumbers = [0, -1, 1, int.MaxValue, int.MinValue, 1 << 20, 0x7F80_0000, 0x7FC0_0000];

    public string Name => "boosting-fuzz";

    public string Summary => "mutated model files, binary and JSON: [COUNT=1000000]";

    public int Run(string[] args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        (BoostingData data, Booster small) = Model(rounds: 3, leaves: 6);
        Console.WriteLine("small files: " + Mutants(count, Bytes(small.Save), Bytes(small.SaveXgboost), data));
        (_, Booster large) = Model(rounds: 60, leaves: 31);
        Console.WriteLine("large files, binary only: " + Mutants(LargeFiles, Bytes(large.Save), null, data));
        return 0;
    }

    private static (BoostingData Data, Booster Model) Model(int rounds, int leaves)
    {
        BoostingTable table = new(600, 8);
        string?[] levels = [.. Enumerable.Range(0, 600).Select(row => row % 11 == 0 ? null : $"level {row % 7}")];
        BoostingData data = new([.. table.Training.Columns, FeatureColumn.Categorical("level", levels)]);
        BoosterOptions options = new() { Objective = Objectives.Logistic, Rounds = rounds, MaxLeaves = leaves, CategorySmoothing = 1, MinChildWeight = 0.1 };
        return (data, BoosterTrainer.Fit(new(data, table.Binary.Training), options).Model);
    }

    private static string Mutants(int count, byte[] binary, byte[]? json, BoostingData data)
    {
        Random random = new(1);
        int refused = 0;
        double mostMemory = 0;
        for (int i = 0; i < count; i++)
        {
            bool foreign = json is not null && i % 8 == 0;
            byte[] mutant = Mutate(foreign ? json! : binary, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Booster? read = Read(mutant, foreign);
            if (!foreign)
                mostMemory = Math.Max(mostMemory, Growth(before, mutant));
            if (read is null)
                refused++;
            else
                Score(read, data);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{count} mutants of {binary.Length} bytes, {refused} refused, {count - refused} read and scored, none crashed; at most {mostMemory:F1} times the file's size allocated");
    }

    private static Booster? Read(byte[] mutant, bool foreign)
    {
        try
        {
            return foreign ? Booster.LoadXgboost(new MemoryStream(mutant)) : Booster.Load(new MemoryStream(mutant));
        }
        catch (InvalidModelException)
        {
            return null;
        }
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
                BitConverter.TryWriteBytes(mutant.AsSpan(random.Next(mutant.Length - sizeof(int)) & ~3), s_oddNumbers[random.Next(s_oddNumbers.Length)]);
                return mutant;
            default:
                for (int flips = random.Next(1, 6); flips > 0; flips--)
                    mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
                return mutant;
        }
    }
}
