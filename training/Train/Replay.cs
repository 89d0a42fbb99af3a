using System.CommandLine;
using CustomerValue.Models.Store;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Train;

/// <summary><c>train --replay</c>: the same run again, to show that the model follows from data and options.</summary>
internal static class Replay
{
    private static readonly string[] s_allowed = ["--replay", "--store", "--threads", "--transactions", "--attributes", "--activities", "--referrals", "--experience", "--steps", "--rates", "--pools", "--scorecard", "--strategy", "--playbook"];

    public static async Task<int> RunAsync(ParseResult parse, Session session, ModelStore store, string version, Func<TransactionInput, TransactionInput> fromWhere, Func<StrategySources, StrategySources> strategyFromWhere)
    {
        if (parse.CommandResult.Command.Options.FirstOrDefault(option => parse.IsGiven(option) && !s_allowed.Contains(option.Name)) is { } other)
            throw new UsageException($"Found {other.Name} with --replay, which takes its options from the version; expected only {string.Join(", ", s_allowed.Skip(1))} beside it.");
        Manifest manifest = store.Open(version).Manifest;
        (TransactionInput input, RacePlan plan) = RunRecord.Read(manifest);
        ReplayRun run = new(manifest, fromWhere(input), plan, RunRecord.ReadStrategy(manifest) is { } sources ? strategyFromWhere(sources) : null, session.Environment.Clock);
        ReplayOutcome outcome = await session.WithProgressAsync(progress => run.Run(progress, session.Cancellation));
        session.Answer(outcome);
        if (outcome.Same)
        {
            session.People.Say($"The same data and options give the same model: {outcome.Version} has model hash {outcome.Expected}, and so has the replay.");
            return ExitCode.Done;
        }
        session.Complain($"The replay of {outcome.Version} gives another model: found model hash {outcome.Found}, expected {outcome.Expected}; {string.Join(", ", outcome.Differing)} differ. "
            + (outcome.TrainedBy == outcome.ReplayedBy ? "Machines of another kind may round differently; on the same machine this is a mistake in the program." : $"It was trained by {outcome.TrainedBy} and replayed by {outcome.ReplayedBy}: replay it with the program that trained it."));
        return ExitCode.Store;
    }
}
