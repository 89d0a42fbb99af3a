using System.Runtime.InteropServices;
using System.Text;

namespace CustomerValue.LightGbm;

/// <summary>LightGBM's own library through its C interface: the peer that models are exchanged and measured with.</summary>
internal sealed unsafe partial class LightGbmNative : IDisposable
{
    private const string Library = "lib_lightgbm";
    private const int Float32 = 0, RowMajor = 1;

    private nint _booster;

    private LightGbmNative(nint booster) => _booster = booster;

    /// <summary>What a prediction gives.</summary>
    public enum Gives
    {
        /// <summary>The scale of the labels.</summary>
        Response = 0,

        /// <summary>The raw score.</summary>
        Raw = 1,

        /// <summary>Contributions of the features, and the expected raw score.</summary>
        Contributions = 3,
    }

    /// <summary>Whether the library can be loaded here: it needs libgomp.</summary>
    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, typeof(LightGbmNative).Assembly, null, out _);

    /// <summary>A model from its text.</summary>
    public static LightGbmNative Load(string text)
    {
        Check(LoadModel(text, out _, out nint booster));
        return new(booster);
    }

    /// <summary>Trains a model.</summary>
    /// <param name="values">A row after another; NaN is missing.</param>
    /// <param name="features">Values a row.</param>
    /// <param name="labels">A label a row.</param>
    /// <param name="parameters">LightGBM's parameters, with blanks between them.</param>
    /// <param name="rounds">Trees.</param>
    /// <param name="margins">A starting score a row, or empty.</param>
    public static LightGbmNative Train(float[] values, int features, float[] labels, string parameters, int rounds, double[]? margins = null)
    {
        nint data;
        fixed (float* start = values)
            Check(CreateDataset(start, Float32, labels.Length, features, RowMajor, parameters, 0, out data));
        try
        {
            fixed (float* start = labels)
                Check(SetField(data, "label", start, labels.Length, Float32));
            if (margins is { Length: > 0 })
                fixed (double* start = margins)
                    Check(SetField(data, "init_score", start, margins.Length, 1));
            Check(CreateBooster(data, parameters, out nint booster));
            LightGbmNative model = new(booster);
            for (int round = 0; round < rounds; round++)
                Check(Update(booster, out _));
            return model;
        }
        finally
        {
            _ = FreeDataset(data);
        }
    }

    /// <summary>Predicts a table.</summary>
    /// <param name="values">A row after another.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="gives">What is wanted.</param>
    /// <param name="threads">Threads.</param>
    public double[] Predict(float[] values, int rows, Gives gives, int threads = 1)
    {
        int features = values.Length / rows;
        double[] result = new double[(long)rows * (gives == Gives.Contributions ? features + 1 : 1)];
        fixed (float* start = values)
        fixed (double* to = result)
            Check(PredictMatrix(_booster, start, Float32, rows, features, RowMajor, (int)gives, 0, -1, $"num_threads={threads}", out _, to));
        return result;
    }

    /// <summary>The model as text.</summary>
    public string Text()
    {
        Check(SaveModel(_booster, 0, -1, 0, 0, out long length, null));
        byte[] text = new byte[length];
        fixed (byte* to = text)
            Check(SaveModel(_booster, 0, -1, 0, length, out _, to));
        return Encoding.UTF8.GetString(text, 0, (int)length - 1);
    }

    public void Dispose()
    {
        if (_booster != 0)
            _ = FreeBooster(_booster);
        _booster = 0;
    }

    private static void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(LastError())}");
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LoadModel(string text, out int iterations, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PredictMatrix(nint booster, void* data, int type, int rows, int columns, int rowMajor, int gives, int first, int count, string parameters, out long length, double* result);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateDataset(void* data, int type, int rows, int columns, int rowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetField(nint dataset, string name, void* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateBooster(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    private static partial int Update(nint booster, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    private static partial int SaveModel(nint booster, int first, int count, int importance, long room, out long length, byte* text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    private static partial int FreeBooster(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    private static partial int FreeDataset(nint dataset);
}
