using Microsoft.AspNetCore.Components;

namespace CustomerValue.Serving.Pages.Shell;

/// <summary>What pages have in common: language, words and the request.</summary>
public abstract class SpokenPage : ComponentBase
{
    [CascadingParameter] internal PageScope Scope { get; set; } = null!;

    /// <summary>A sentence, by its English.</summary>
    protected string T(string english) => Scope.Words[english];

    /// <summary>A pattern, by its English, filled in.</summary>
    protected string T(string english, params object[] values) => Scope.Words.With(english, values);

    internal CancellationToken Cancelled => Scope.Context?.RequestAborted ?? CancellationToken.None;
}
