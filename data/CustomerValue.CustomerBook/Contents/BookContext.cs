using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook;

/// <summary>The tables: <c>customer_book</c> with one row that describes the book, and <c>customer_book_scores</c> with one row a customer and the columns that the header lists.</summary>
internal sealed class BookContext(DbContextOptions<BookContext> options) : DbContext(options)
{
    public const string HeaderTable = "customer_book";
    public const string ScoresTable = "customer_book_scores";

    public DbSet<HeaderRow> Headers => Set<HeaderRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<HeaderRow>().ToTable(HeaderTable).HasKey(header => header.Id);
        modelBuilder.Entity<HeaderRow>().Property(header => header.Id).ValueGeneratedNever();
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(ColumnOf(property.Name));
    }

    /// <summary>The column of a property.</summary>
    public static string ColumnOf(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}

/// <summary>The one row of <c>customer_book</c>; <c>id</c> and <c>schema_version</c> stay readable in every future schema.</summary>
internal sealed class HeaderRow
{
    public const int TheId = 1;

    public int Id { get; init; } = TheId;

    public required int SchemaVersion { get; init; }

    public required string ModelVersion { get; init; }

    public required DateOnly AsOf { get; init; }

    public required int HorizonDays { get; init; }

    public required DateTime ScoredAt { get; init; }

    public required long Customers { get; init; }

    /// <summary>The day of the book that the columns <c>earlier_...</c> come from.</summary>
    public required DateOnly? EarlierAsOf { get; init; }

    /// <summary>Names and kinds: <c>customer_id:Text churn_probability:Number ...</c>.</summary>
    public required string Columns { get; init; }

    public required string Facts { get; init; }

    /// <summary>Columns of the table and their values.</summary>
    public IEnumerable<(string Column, object Value)> Fields =>
        new (string Property, object Value)[]
        {
            (nameof(Id), Id), (nameof(SchemaVersion), SchemaVersion), (nameof(ModelVersion), ModelVersion), (nameof(AsOf), AsOf),
            (nameof(HorizonDays), HorizonDays), (nameof(ScoredAt), ScoredAt), (nameof(Customers), Customers), (nameof(EarlierAsOf), EarlierAsOf is { } day ? day : DBNull.Value), (nameof(Columns), Columns), (nameof(Facts), Facts),
        }.Select(pair => (BookContext.ColumnOf(pair.Property), pair.Value));

    /// <summary>The columns as one text.</summary>
    public static string Text(IEnumerable<BookColumn> columns) => string.Join(' ', columns.Select(column => $"{column.Name}:{column.Kind}"));

    public BookHeader ToHeader() => new(ModelVersion, AsOf, HorizonDays, new DateTimeOffset(DateTime.SpecifyKind(ScoredAt, DateTimeKind.Utc)), Customers)
    {
        EarlierAsOf = EarlierAsOf,
        Facts = Facts,
        Columns = [.. Columns.Split(' ').Select(column => column.Split(':')).Select(parts => new BookColumn(parts[0], Enum.Parse<BookFieldKind>(parts[1])))],
    };
}
