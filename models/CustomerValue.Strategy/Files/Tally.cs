using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Files;

/// <summary>Counts lines of one kind of doubt and remembers where the first stands.</summary>
public sealed class Tally
{
    private string _first = "";

    /// <summary>Lines counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a line.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="found">What it holds.</param>
    public void Add(string place, string found)
    {
        if (Count++ == 0)
            _first = $"{place}: {found}";
    }

    /// <summary>Adds a finding where something was counted.</summary>
    /// <param name="findings">Where it goes.</param>
    /// <param name="code">Its code.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="message">What the lines have in common and what became of them.</param>
    /// <param name="remedy">What to do.</param>
    public void Report(List<Finding> findings, string code, Severity severity, string message, string remedy)
    {
        if (Count > 0)
            findings.Add(new Finding(code, severity, string.Create(CultureInfo.InvariantCulture, $"{Count} line(s) {message} (first {_first})."), remedy));
    }
}
