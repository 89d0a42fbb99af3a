namespace CustomerValue.Training.Hosting;

/// <summary>The command line or the configuration file asks for something that does not exist or contradicts itself.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
