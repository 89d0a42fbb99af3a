using Npgsql;

namespace CustomerValue.CustomerBook.Tests;

public sealed class PostgresBookTests(PostgresServer server) : BookContract, IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_server_that_does_not_answer_is_named_without_its_password()
    {
        CustomerBookDatabase book = new(new CustomerBookOptions("Host=127.0.0.1;Port=1;Database=book;Username=me;Password=secret;Timeout=2"));

        await book.Awaiting(b => b.FindAsync("anna")).Should().ThrowAsync<CustomerBookException>()
            .Where(error => error.Message.Contains("PostgreSQL database 'book' on 127.0.0.1:1 cannot be read") && !error.ToString().Contains("secret"));
        await book.Awaiting(b => b.WriteAsync(s_header, s_columns, [])).Should().ThrowAsync<CustomerBookException>().WithMessage("*cannot be written*");
    }

    protected override async Task<CustomerBookOptions> EmptyAsync() => new(await server.FreshDatabaseAsync());

    protected override async Task ExecuteAsync(CustomerBookOptions options, string sql)
    {
        await using NpgsqlConnection connection = new(options.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
