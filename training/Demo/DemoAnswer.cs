using CustomerValue.Simulation;
using CustomerValue.Training.Score;
using CustomerValue.Training.Train;

namespace CustomerValue.Training.Demo;

/// <summary>What <c>demo --json</c> gives.</summary>
/// <param name="Simulation">The files that were simulated.</param>
/// <param name="Training">The model that was trained.</param>
/// <param name="Scores">Everyone's scores in sum.</param>
internal sealed record DemoAnswer(SimulationSummary Simulation, TrainAnswer Training, ScoreAnswer Scores);
