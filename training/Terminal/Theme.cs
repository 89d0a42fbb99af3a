namespace CustomerValue.Training.Terminal;

/// <summary>The few colours in use, as markup; all of them readable on dark and light terminals.</summary>
internal static class Theme
{
    public const string Good = "green";
    public const string Bad = "red";
    public const string Doubt = "yellow";
    public const string Faint = "grey";
    public const string Strong = "bold";
}
