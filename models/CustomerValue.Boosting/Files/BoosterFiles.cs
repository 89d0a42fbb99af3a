namespace CustomerValue.Boosting;

/// <summary>Models as files: the library's own format, and XGBoost's.</summary>
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
}
