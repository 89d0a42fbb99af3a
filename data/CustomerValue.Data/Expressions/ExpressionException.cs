using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Expressions;

/// <summary>An expression cannot be understood. The message says at which character, what was found and expected, and points at it.</summary>
public sealed class ExpressionException : Exception
{
    /// <summary>An error in an expression.</summary>
    /// <param name="text">The whole expression.</param>
    /// <param name="position">Index of the first character in question.</param>
    /// <param name="length">How many characters are in question; 0 at the end.</param>
    /// <param name="problem">Found, expected, way out.</param>
    public ExpressionException(string text, int position, int length, string problem)
        : base(string.Create(CultureInfo.InvariantCulture, $"character {position + 1}: {Plain(problem)}\n{Pointing(text, position, length)}"))
    {
        (Position, Length, Problem) = (position, length, Plain(problem));
    }

    /// <summary>Index of the first character in question, from 0.</summary>
    public int Position { get; }

    /// <summary>How many characters are in question; 0 at the end.</summary>
    public int Length { get; }

    /// <summary>Found, expected, way out, without place and picture.</summary>
    public string Problem { get; }

    /// <summary>The same error where the expression stands in a file or an option.</summary>
    /// <param name="place">For example <c>playbook.json, action 'call', eligibility</c>.</param>
    public BadDataException In(string place) => new($"{place}, {Message}", this);

    private static string Plain(string problem) => string.Concat(problem.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>The line in question and carets below the characters; wide letters (Chinese) count twice.</summary>
    private static string Pointing(string text, int position, int length)
    {
        int start = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1, end = text.IndexOf('\n', position);
        string line = text[start..(end < 0 ? text.Length : end)];
        const int before = 60, after = 40;
        int from = Math.Max(start, position - before), to = Math.Min(start + line.Length, Math.Max(position + length, position) + after);
        StringBuilder shown = new("  "), carets = new("  ");
        for (int i = from; i < to; i++)
        {
            shown.Append(char.IsControl(text[i]) ? ' ' : text[i]);
            if (i < position)
                carets.Append(' ', Width(text[i]));
        }
        int width = 0;
        for (int i = position; i < Math.Min(position + length, to); i++)
            width += Width(text[i]);
        carets.Append('^', Math.Max(1, width));
        return $"{shown}\n{carets}";
    }

    // East Asian Wide and Fullwidth (Unicode Standard Annex 11), as far as texts here go; halves of a pair count one each.
    private static int Width(char c) => c is (>= '\u1100' and <= '\u115f') or (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3')
        or (>= '\uf900' and <= '\ufaff') or (>= '\ufe30' and <= '\ufe6f') or (>= '\uff01' and <= '\uff60') or (>= '\uffe0' and <= '\uffe6') ? 2 : 1;
}
