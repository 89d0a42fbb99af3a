namespace CustomerValue.MLNet;

/// <summary>What a failure within ML.NET means for whoever has to mend it.</summary>
public static class NativeParts
{
    private const string LightGbm = "lib_lightgbm";

    /// <summary>The innermost message, without its full stop; where LightGBM's library cannot be loaded, the package that it needs.</summary>
    public static string Said(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
            if (cause is DllNotFoundException && cause.Message.Contains(LightGbm, StringComparison.Ordinal))
                return "LightGBM's library cannot be loaded: it is there for x64, and needs libgomp (install the package libgomp1 on Debian and Ubuntu, libgomp elsewhere)";
        return error.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
    }
}
