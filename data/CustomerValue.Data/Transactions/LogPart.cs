namespace CustomerValue.Data.Transactions;

/// <summary>A part of a log that is read in parts.</summary>
/// <param name="Log">The rows of its customers; first and last day are those of everyone.</param>
/// <param name="End">Share of all customers whom this part and those before it hold, by <see cref="CustomerShare.Sample"/>; 1 for the last.</param>
public sealed record LogPart(TransactionLog Log, double End);
