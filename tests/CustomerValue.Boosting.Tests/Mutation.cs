namespace CustomerValue.Boosting.Tests;

/// <summary>Damages a file the way a hostile or unlucky hand would: flipped bits, odd numbers, cuts and repeats.</summary>
internal static class Mutation
{
    private static readonly int[] s_oddNumbers = [0, -1, 1, int.MaxValue, int.MinValue, 1 << 20, 0x7F80_0000, 0x7FC0_0000];

    public static byte[] Of(byte[] file, Random random)
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
                int place = random.Next(mutant.Length - sizeof(int)) & ~3;
                BitConverter.TryWriteBytes(mutant.AsSpan(place), s_oddNumbers[random.Next(s_oddNumbers.Length)]);
                return mutant;
            default:
                for (int flips = random.Next(1, 6); flips > 0; flips--)
                    mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
                return mutant;
        }
    }
}
