using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>The generated matrix of the boosting benchmarks: columns of normal and rounded values, some missing, with a known signal.</summary>
internal sealed class BoostingTable
{
    private const double MissingShare = 0.03;

    /// <param name="rows">Training rows; a quarter as many again are held out.</param>
    /// <param name="features">Columns, six and more.</param>
    public BoostingTable(int rows, int features)
    {
        int all = rows + rows / 4;
        float[][] columns = new float[features][];
        double[] signal = new double[all];
        Parallel.For(0, features, feature =>
        {
            Random random = new(1000 + feature);
            float[] column = columns[feature] = new float[all];
            for (int row = 0; row < all; row++)
                column[row] = feature is >= 10 and < 15 ? (float)Math.Round(2 * Normal(random)) : (float)Normal(random);
        });
        for (int row = 0; row < all; row++)
            signal[row] = 1.2 * columns[0][row] - 0.8 * columns[1][row] * columns[2][row] + (columns[3][row] > 0.5 ? 0.7 : -0.3)
                + 0.5 * Math.Sin(2 * columns[4][row]) + 0.4 * columns[5][row] * columns[5][row] - 0.4;
        Parallel.For(0, features, feature =>
        {
            Random random = new(2000 + feature);
            for (int row = 0; row < all; row++)
                if (random.NextDouble() < MissingShare)
                    columns[feature][row] = float.NaN;
        });
        Random labels = new(7);
        float[] binary = new float[all], amounts = new float[all];
        for (int row = 0; row < all; row++)
        {
            binary[row] = labels.NextDouble() < 1 / (1 + Math.Exp(-signal[row])) ? 1 : 0;
            amounts[row] = labels.NextDouble() < 0.6 ? (float)Math.Exp(0.5 * signal[row] + 0.6 * Normal(labels)) : 0;
        }
        BoostingData Part(int from, int count) => new([.. columns.Select((column, i) => FeatureColumn.Numeric($"f{i}", column.AsMemory(from, count)))]);
        Training = Part(0, rows);
        Held = Part(rows, all - rows);
        Binary = new(binary, rows);
        Amounts = new(amounts, rows);
    }

    public BoostingData Training { get; }

    public BoostingData Held { get; }

    public Labels Binary { get; }

    public Labels Amounts { get; }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Writes the whole table row-major and both label vectors as 32-bit floats, for the Python peer.</summary>
    public void Write(string folder)
    {
        using (BinaryWriter writer = new(new BufferedStream(File.Create(Path.Combine(folder, "x")), 1 << 20)))
            foreach (BoostingData part in new[] { Training, Held })
            {
                ReadOnlyMemory<float>[] columns = [.. part.Columns.Select(column => column.Values)];
                for (int row = 0; row < part.RowCount; row++)
                    foreach (ReadOnlyMemory<float> column in columns)
                        writer.Write(column.Span[row]);
            }
        Binary.Write(Path.Combine(folder, "binary"));
        Amounts.Write(Path.Combine(folder, "amounts"));
    }

    /// <summary>Labels of the training rows and of those held out.</summary>
    internal sealed class Labels(float[] all, int rows)
    {
        public ReadOnlyMemory<float> Training => all.AsMemory(0, rows);

        public ReadOnlyMemory<float> Held => all.AsMemory(rows);

        public void Write(string path)
        {
            using BinaryWriter writer = new(File.Create(path));
            foreach (float label in all)
                writer.Write(label);
        }
    }
}
