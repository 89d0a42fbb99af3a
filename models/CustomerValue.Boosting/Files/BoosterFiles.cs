namespace CustomerValue.Boosting;

/// <summary>Models as files: the library's own format, XGBoost's and LightGBM's.</summary>
public static class BoosterFiles
{
    extension(Booster)
    {
        /// <summary>Reads a model written by <see cref="Save"/>.</summary>
        /// <param name="stream">The file; read to its end.</param>
        /// <param name="custom">Makes an objective of one's own from its name; null, or a null result, leaves it to <see cref="Objectives.Find"/>.</param>
        /// <exception cref="InvalidModelException">The file is damaged, hostile or of another kind.</exception>
        public static Booster Load(Stream stream, Func<string, Objective?>? custom = null)
        {
            ArgumentNullException.ThrowIfNull(stream);
            return BoosterReader.Read(stream, custom);
        }

        /// <summary>Reads a model that XGBoost saved as JSON: gbtree, one output, an objective known here.</summary>
        /// <exception cref="InvalidModelException">The file is damaged, hostile or holds another kind of model.</exception>
        public static Booster LoadXgboost(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            return XgboostReader.Read(stream);
        }

        /// <summary>Reads a model that LightGBM saved as text: one output, an objective known here, missing values as NaN.</summary>
        /// <exception cref="InvalidModelException">The file is damaged, hostile or holds another kind of model.</exception>
        public static Booster LoadLightGbm(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            return LightGbmReader.Read(stream);
        }
    }

    /// <summary>Writes the model: data only, little-endian, versioned.</summary>
    public static void Save(this Booster model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        BoosterWriter.Write(model, stream);
    }

    /// <summary>Writes the model in XGBoost's JSON format (1.7), for its <c>load_model</c>.</summary>
    /// <remarks>Categories become codes. A level unknown in training goes left there and the way of missing values here. A model that
    /// expects base margins needs them there, too (<c>base_margin</c>).</remarks>
    /// <exception cref="NotSupportedException">XGBoost has no such objective: quantile, zero-inflated lognormal, one's own.</exception>
    public static void SaveXgboost(this Booster model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        XgboostWriter.Write(model, stream);
    }

    /// <summary>Writes the model in LightGBM's text format (version 4), for its <c>model_file</c>.</summary>
    /// <remarks>Categories become codes, with their names as pandas' categories. A model that expects base margins leaves them to the caller: there is no place for them when LightGBM
    /// predicts, so ask it for the raw score and add them before the link.</remarks>
    /// <exception cref="NotSupportedException">LightGBM has no such objective: quantile, zero-inflated lognormal, one's own.</exception>
    public static void SaveLightGbm(this Booster model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        LightGbmWriter.Write(model, stream);
    }

    /// <summary>Writes the same for a vector in which a categorical feature is as many slots as it has levels, one of them 1: as ML.NET lays features out and reads the format.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="scale">What the vector is multiplied by, a power of two: whoever reads the format with less precision may want smaller numbers.</param>
    /// <exception cref="NotSupportedException">As for <see cref="SaveLightGbm"/>.</exception>
    public static void SaveLightGbmSlots(this Booster model, Stream stream, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        LightGbmWriter.Write(model, stream, bySlots: true, scale);
    }
}
