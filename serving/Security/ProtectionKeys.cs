using System.Xml.Linq;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CustomerValue.Serving.Security;

/// <summary>
/// Keeps the keys of cookies and forms where people and keys are kept, so that every instance before one database takes what another sealed. Where they cannot be written - a store on a read-only disk -
/// they last until the program ends.
/// </summary>
internal sealed partial class ProtectionKeys(ProtectionDatabase database, TimeProvider clock, ILogger<ProtectionKeys> logger) : IXmlRepository
{
    private const string Application = "customer-value", KeyElement = "key", EagerReader = "DataProtectionHostedService";

    /// <summary>Instances that begin within so much of each other agree on the first one's key.</summary>
    private static readonly TimeSpan s_moment = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<XElement> _unwritten = [];

    /// <exception cref="CustomerBookException">The database cannot be read.</exception>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        IReadOnlyList<ProtectionKey> kept = Wait(() => database.KeysAsync());
        lock (_lock)
            return [.. kept.Select(key => XElement.Parse(key.Xml)), .. _unwritten];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        try
        {
            ProtectionKey key = new() { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), Created = now };
            Wait(() => database.AddAsync(key, element.Name.LocalName == KeyElement ? now - s_moment : null));
        }
        catch (CustomerBookException error)
        {
            LogUnwritten(logger, error.Message);
            lock (_lock)
                _unwritten.Add(element);
        }
    }

    /// <summary>Seals with keys that are kept here.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ProtectionKeys>();
        services.AddDataProtection().SetApplicationName(Application);
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) => options.XmlRepository = keys);
    }

    /// <summary>Leaves reading and making keys to the first page that needs one: the framework would make a database when the program starts.</summary>
    public static void ReadLate(IServiceCollection services)
    {
        foreach (ServiceDescriptor eager in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == EagerReader).ToArray())
            services.Remove(eager);
    }

    /// <summary>The framework asks without waiting in mind, from within the rendering of pages too: what is waited for must not come back there.</summary>
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Warning, "The keys of cookies are not kept, so whoever signs in must do so again once this program was started anew, and at every other instance: {Reason}")]
    private static partial void LogUnwritten(ILogger logger, string reason);
}
