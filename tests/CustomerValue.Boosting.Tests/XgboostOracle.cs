using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CustomerValue.Boosting.Tests;

/// <summary>Runs Debian's XGBoost beside ours; a test that needs it skips where it is not installed.</summary>
internal sealed class XgboostOracle : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> s_present = new(() => File.Exists(Python) && Run("import xgboost", ".").Code == 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("boosting-oracle-");

    public static XgboostOracle OrSkip()
    {
        Needs.Tool(s_present.Value, "XGBoost is absent: install Debian's python3-xgboost to compare with it.");
        return new();
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs a script in a folder of its own, with xgboost as xgb, numpy as np, and X and y where they were written.</summary>
    public void Run(string script)
    {
        const string Prelude = """
            import os, numpy as np, xgboost as xgb
            shape = tuple(int(n) for n in open('shape').read().split())
            X = np.fromfile('x', dtype='<f4').reshape(shape)
            y = np.fromfile('y', dtype='<f4')
            types = open('types').read().split()
            matrix = lambda: xgb.DMatrix(X, y, feature_types=types, feature_names=[f'f{i}' for i in range(shape[1])], enable_categorical=True)

            """;
        (int code, string error) = Run(Prelude + script, _folder.FullName);
        code.Should().Be(0, error);
    }

    public void WriteTable(TrainingRows rows)
    {
        int features = rows.Data.Columns.Count;
        float[] values = new float[rows.Data.RowCount * features];
        for (int feature = 0; feature < features; feature++)
            for (int row = 0; row < rows.Data.RowCount; row++)
                values[row * features + feature] = rows.Data.Columns[feature].Values.Span[row];
        File.WriteAllBytes(PathOf("x"), MemoryMarshal.AsBytes<float>(values).ToArray());
        File.WriteAllBytes(PathOf("y"), MemoryMarshal.AsBytes(rows.Labels.Span).ToArray());
        File.WriteAllText(PathOf("shape"), string.Create(CultureInfo.InvariantCulture, $"{rows.Data.RowCount} {features}"));
        File.WriteAllText(PathOf("types"), string.Join(' ', rows.Data.Columns.Select(column => column.Kind == ColumnKind.Categorical ? "c" : "float")));
    }

    /// <summary>Numbers that a script wrote with <c>tofile</c> as 32-bit floats.</summary>
    public float[] Read(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(name))).ToArray();

    public void Dispose() => _folder.Delete(recursive: true);

    private static (int Code, string Error) Run(string script, string folder)
    {
        ProcessStartInfo start = new(Python) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        output.Wait();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
