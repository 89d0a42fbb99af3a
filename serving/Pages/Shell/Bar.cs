namespace CustomerValue.Serving.Pages.Shell;

/// <summary>A bar under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">Its length.</param>
/// <param name="Told">The figure in words.</param>
/// <param name="Link">Where the people behind it are; null for nowhere.</param>
/// <param name="Kind">The strategy whose colour it has; empty for the usual.</param>
public sealed record Bar(string Name, double Value, string Told, string? Link = null, string Kind = "");
