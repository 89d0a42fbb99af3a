using System.Runtime.CompilerServices;

namespace CustomerValue.MLNet.Tests.Support;

/// <summary>A test that needs ML.NET; where the engine is off it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MLNetFactAttribute : FactAttribute
{
    public MLNetFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1) : base(sourceFilePath, sourceLineNumber)
    {
        if (!MLNetEngine.IsOn)
            Skip = $"the ML.NET engine is {MLNetEngine.Status}";
    }
}
