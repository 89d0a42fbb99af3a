using CustomerValue.CustomerBook.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>The tables of what came of forecasts: <c>outcome_lines</c>, <c>outcome_state</c>, <c>outcome_bases</c> and <c>outcome_forecasts</c>.</summary>
internal sealed class OutcomeContext(DbContextOptions<OutcomeContext> options) : DbContext(options)
{
    public const string LinesTable = "outcome_lines";

    public DbSet<ReceivedLine> Lines => Set<ReceivedLine>();

    public DbSet<OutcomeState> States => Set<OutcomeState>();

    public DbSet<KeptBase> Bases => Set<KeptBase>();

    public DbSet<KeptForecast> Forecasts => Set<KeptForecast>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ReceivedLine>(line =>
        {
            line.ToTable(LinesTable).HasKey(one => new { one.CustomerId, one.Day, one.Amount, one.LineId });
            line.HasIndex(one => one.Day);
        });
        modelBuilder.Entity<OutcomeState>().ToTable("outcome_state").HasKey(state => state.Id);
        modelBuilder.Entity<OutcomeState>().Property(state => state.Id).ValueGeneratedNever();
        modelBuilder.Entity<KeptBase>().ToTable("outcome_bases").HasKey(one => new { one.Version, one.AsOf });
        modelBuilder.Entity<KeptForecast>(forecast =>
        {
            forecast.ToTable("outcome_forecasts").HasKey(one => new { one.Version, one.AsOf, one.CustomerId });
            forecast.HasIndex(one => one.CustomerId);
        });
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(BookContext.ColumnOf(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.Properties<DateTime>().HaveConversion<UtcTime>();
}
