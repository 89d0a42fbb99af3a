using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook.Access;

/// <summary>The tables of who may use the service: <c>access_keys</c>, <c>access_people</c> and <c>access_audit</c>.</summary>
internal sealed class AccessContext(DbContextOptions<AccessContext> options) : DbContext(options)
{
    public DbSet<AccessKey> Keys => Set<AccessKey>();

    public DbSet<AccessPerson> People => Set<AccessPerson>();

    public DbSet<AuditRecord> Audit => Set<AuditRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccessKey>().ToTable("access_keys").HasKey(key => key.Prefix);
        modelBuilder.Entity<AccessPerson>().ToTable("access_people").HasKey(person => person.Name);
        modelBuilder.Entity<AuditRecord>().ToTable("access_audit").HasKey(record => record.Id);
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(BookContext.ColumnOf(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.Properties<DateTime>().HaveConversion<UtcTime>();
}
