using System.Security.Cryptography;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Security;

/// <summary>Adds people, changes what they may, and locks them out.</summary>
internal sealed class PeopleDesk(AccessDatabase database, AccessList known, TimeProvider clock)
{
    private const int MostLetters = 60, StampBytes = 16;

    /// <summary>What is wrong with a name, a password or a role, as a sentence of the pages; null for nothing.</summary>
    public static string? Wrong(string name, string password, string role) =>
        AccessPerson.NameOf(name) is not { Length: > 0 and <= MostLetters } kept || kept.Any(char.IsControl) ? "A name has 1 to 60 letters."
        : password.Length is < Password.Fewest or > Password.Most ? "A password has at least 12 letters, and 200 at most. A few words in a row are easy to keep in mind."
        : password.Contains(kept, StringComparison.OrdinalIgnoreCase) && kept.Length > 3 ? "The password holds the name."
        : !AccessRole.All.Contains(role) ? "The role is none of those offered." : null;

    /// <summary>Adds a person, or gives the one of the same name another password and role.</summary>
    public Task SaveAsync(string name, string password, string role, CancellationToken cancellation) => ChangeAsync(new AccessPerson
    {
        Name = AccessPerson.NameOf(name),
        Hash = Password.HashOf(password),
        Role = role,
        Stamp = "",
        Created = clock.GetUtcNow().UtcDateTime,
    }, cancellation);

    /// <summary>Gives a person another role.</summary>
    public Task ChangeRoleAsync(AccessPerson person, string role, CancellationToken cancellation)
    {
        person.Role = role;
        return ChangeAsync(person, cancellation);
    }

    /// <summary>Locks a person out, or lets them in again.</summary>
    public Task LockAsync(AccessPerson person, bool isLocked, CancellationToken cancellation)
    {
        person.Locked = isLocked ? clock.GetUtcNow().UtcDateTime : null;
        return ChangeAsync(person, cancellation);
    }

    private async Task ChangeAsync(AccessPerson person, CancellationToken cancellation)
    {
        person.Stamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StampBytes));
        await database.SaveAsync(person, cancellation);
        known.Forget();
    }
}
