using Spectre.Console;

namespace CustomerValue.Training.Terminal;

/// <summary>Consoles that draw on a writer: coloured on a terminal, plain text elsewhere.</summary>
internal static class Consoles
{
    public static IAnsiConsole Create(CommandEnvironment environment, TextWriter writer, bool terminal)
    {
        bool colour = terminal && environment.Colour;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = environment.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
