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

    /// <summary>Puts one row into a table.</summary>
    public static async Task InsertAsync(this DbConnection connection, string table, IEnumerable<(string Column, object Value)> fields, DbTransaction transaction, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        List<string> columns = [];
        foreach ((string column, object value) in fields)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{column}", value);
            command.Parameters.Add(parameter);
            columns.Add(column);
        }
#pragma warning disable CA2100 // every statement is made of constants of this library
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => $"@{column}"))})";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Takes the rows out of a table that have a value; returns how many.</summary>
    public static async Task<int> DeleteAsync(this DbConnection connection, string table, string column, object value, DbTransaction transaction, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        DbParameter parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@value", value);
        command.Parameters.Add(parameter);
#pragma warning disable CA2100 // the statement is made of constants of this library
        command.CommandText = $"DELETE FROM {table} WHERE {column} = @value";
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Takes a line out of a column of lines wherever it stands; returns how many rows had it.</summary>
    public static async Task<int> RemoveLineAsync(this DbConnection connection, string table, string key, string column, string line, DbTransaction transaction, CancellationToken cancellation)
    {
        List<(string Row, string Left)> found = [];
        await using (DbCommand command = Command($"SELECT {key}, {column} FROM {table} WHERE replace({column}, @line, '') <> {column}", ("@line", line)))
        await using (DbDataReader reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                if (reader.GetString(1).Split('\n') is var lines && lines.Contains(line, StringComparer.Ordinal))
                    found.Add((reader.GetString(0), string.Join('\n', lines.Where(other => other != line))));
        foreach ((string row, string rest) in found)
        {
            await using DbCommand update = Command($"UPDATE {table} SET {column} = @rest WHERE {key} = @key", ("@rest", rest), ("@key", row));
            await update.ExecuteNonQueryAsync(cancellation);
        }
        return found.Count;

        DbCommand Command(string sql, params (string Name, string Value)[] parameters)
        {
            DbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // names come from this library and the header that it wrote
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach ((string name, string value) in parameters)
            {
                DbParameter parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }
            return command;
        }
    }

    /// <summary>The book that is there before another takes its place, as far as the other takes something over; null where there is none.</summary>
    public static async Task<BookHeader?> HeaderAsync(this DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT schema_version, model_version, as_of, horizon_days, scored_at, customers, columns, earlier_as_of, facts FROM {BookContext.HeaderTable}";
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellation);
        return !await reader.ReadAsync(cancellation) ? null : new HeaderRow
        {
            SchemaVersion = reader.GetInt32(0),
            ModelVersion = reader.GetString(1),
            AsOf = reader.GetFieldValue<DateOnly>(2),
            HorizonDays = reader.GetInt32(3),
            ScoredAt = reader.GetFieldValue<DateTime>(4),
            Customers = reader.GetInt64(5),
            Columns = reader.GetString(6),
            EarlierAsOf = await reader.IsDBNullAsync(7, cancellation) ? null : reader.GetFieldValue<DateOnly>(7),
            Facts = reader.GetString(8),
        }.ToHeader();
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
