using System.Data.Common;
using System.Globalization;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>Plain commands beside the mapped queries.</summary>
internal static class Commands
{
    public static async Task RunAsync(this DbConnection connection, string sql, DbTransaction? transaction, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // every statement is made of constants of this library
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<long> NumberAsync(this DbConnection connection, string sql, DbTransaction? transaction, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // every statement is made of constants of this library
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }
}
