using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook.Work;

/// <summary>The tables of what people do: <c>work_segments</c> and <c>work_contacts</c>.</summary>
internal sealed class WorkContext(DbContextOptions<WorkContext> options) : DbContext(options)
{
    public const string SegmentsTable = "work_segments", ContactsTable = "work_contacts";

    public DbSet<SavedSegment> Segments => Set<SavedSegment>();

    public DbSet<RecordedContact> Contacts => Set<RecordedContact>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SavedSegment>().ToTable(SegmentsTable).HasKey(segment => segment.Name);
        modelBuilder.Entity<RecordedContact>(contact =>
        {
            contact.ToTable(ContactsTable).HasKey(one => one.Id);
            contact.HasIndex(one => one.CustomerId);
            contact.HasIndex(one => one.Day);
        });
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(BookContext.ColumnOf(property.Name));
    }
}
