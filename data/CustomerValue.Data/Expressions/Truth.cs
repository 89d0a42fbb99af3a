namespace CustomerValue.Data.Expressions;

/// <summary>Three truths as numbers (Kleene): missing is neither, and stays so unless the other side decides.</summary>
internal static class Truth
{
    public const sbyte False = 0, True = 1, Missing = -1;

    public static sbyte From(bool? value) => value switch { true => True, false => False, null => Missing };

    public static sbyte Not(sbyte a) => a == Missing ? Missing : (sbyte)(1 - a);

    public static sbyte And(sbyte a, sbyte b) => a == False || b == False ? False : a == Missing || b == Missing ? Missing : True;

    public static sbyte Or(sbyte a, sbyte b) => a == True || b == True ? True : a == Missing || b == Missing ? Missing : False;
}
