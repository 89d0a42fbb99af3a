using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Databases;

/// <summary>Databases and lakes as sources of transactions.</summary>
internal sealed class DatabasePlace : ITransactionPlace
{
    public IReadOnlyList<ITransactionSource>? Open(string address) => SourceAddress.SchemeOf(address) is null ? null : [Database.At(SourceAddress.Parse(address)).Rows()];
}
