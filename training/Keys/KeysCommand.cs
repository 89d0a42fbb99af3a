using System.CommandLine;

namespace CustomerValue.Training.Keys;

/// <summary><c>keys</c>: which programs may call the service.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Add, list and revoke the keys with which programs call the service, and make those that sign versions.")
    {
        new AddKeyVerb(),
        new ListKeysVerb(),
        new RevokeKeyVerb(),
        new NewSigningKeyVerb(),
    };
}
