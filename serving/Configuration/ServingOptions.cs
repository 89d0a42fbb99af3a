using System.ComponentModel.DataAnnotations;
using CustomerValue.CustomerBook;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

/// <summary>What can be set, in appsettings.json, by environment (<c>CUSTOMER_VALUE_SERVING_Predictions__MaxCustomers=500</c>) or as an argument (<c>--Predictions:MaxCustomers=500</c>).</summary>
internal sealed class ServingOptions
{
    /// <summary>Folder of the model store, relative to the current directory. Default <c>models/store</c>.</summary>
    [Required] public string Store { get; set; } = "models/store";

    /// <summary>Connection string of the customer book: <c>Data Source=FILE</c> or <c>Host=SERVER;...</c>. Default: <c>customers.db</c> in the store.</summary>
    public string? CustomerBook { get; set; }

    /// <summary>Milliseconds between two looks at which version is champion. Default 500; allowed 10 to 60,000.</summary>
    [Range(10, 60_000)] public int ChampionPollMilliseconds { get; set; } = 500;

    /// <summary>Names by which callers may call this service, without port, parted by semicolons; <c>*.example.com</c> is any name below it. Default: this machine alone.</summary>
    [Required] public string AllowedHosts { get; set; } = "localhost;127.0.0.1;[::1]";

    /// <summary>Seconds within which calls under way are finished when the program is told to end. Default 20; allowed 0 to 600.</summary>
    [Range(0, 600)] public int DrainSeconds { get; set; } = 20;

    /// <summary>What one call to the prediction endpoint may ask.</summary>
    [ValidateObjectMembers] public PredictionLimits Predictions { get; set; } = new();

    /// <summary>How models that ML.NET trained answer.</summary>
    public MLNetOptions MLNet { get; set; } = new();

    /// <summary>Where the customer book is.</summary>
    public CustomerBookOptions Book => string.IsNullOrWhiteSpace(CustomerBook) ? CustomerBookOptions.InStore(Store) : new CustomerBookOptions(CustomerBook);
}

/// <summary>What one call to the prediction endpoint may ask.</summary>
internal sealed class PredictionLimits
{
    /// <summary>Customers in one call. Default 10,000; allowed 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)] public int MaxCustomers { get; set; } = 10_000;

    /// <summary>Transactions of one customer. Default 10,000; allowed 1 to 65,535.</summary>
    [Range(1, 65_535)] public int MaxTransactionsPerCustomer { get; set; } = 10_000;

    /// <summary>Bytes of one request body. Default 67,108,864 (64 MiB); allowed 1,024 to 1,073,741,824.</summary>
    [Range(1024, 1 << 30)] public int MaxBodyBytes { get; set; } = 64 << 20;
}

/// <summary>How models that ML.NET trained answer.</summary>
internal sealed class MLNetOptions
{
    /// <summary>
    /// Whether predictions of <c>ml-net-fast-tree</c> come from ML.NET's own prediction engines, pooled, one pool a version. Default false: the same trees,
    /// converted, answer faster. Reasons always come from the converted trees.
    /// </summary>
    public bool ServeFromPool { get; set; }
}
