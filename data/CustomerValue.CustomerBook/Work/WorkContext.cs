using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook.Work;

/// <summary>The tables of what people do: <c>work_segments</c> with <c>work_segment_counts</c>, <c>work_contacts</c>, <c>work_uncontacted</c>, <c>work_owners</c> and <c>work_settings</c>.</summary>
internal sealed class WorkContext(DbContextOptions<WorkContext> options) : DbContext(options)
{
    public const string SegmentsTable = "work_segments", CountsTable = "work_segment_counts", ContactsTable = "work_contacts", OwnersTable = "work_owners", UncontactedTable = "work_uncontacted", SettingsTable = "work_settings";

    public DbSet<SavedSegment> Segments => Set<SavedSegment>();

    public DbSet<SegmentCount> Counts => Set<SegmentCount>();

    public DbSet<CustomerOwner> Owners => Set<CustomerOwner>();

    public DbSet<UncontactedCustomer> Uncontacted => Set<UncontactedCustomer>();

    public DbSet<RecordedContact> Contacts => Set<RecordedContact>();

    public DbSet<WorkSetting> Settings => Set<WorkSetting>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SavedSegment>().ToTable(SegmentsTable).HasKey(segment => segment.Name);
        modelBuilder.Entity<SegmentCount>().ToTable(CountsTable).HasKey(count => new { count.Name, count.AsOf });
        modelBuilder.Entity<CustomerOwner>(owner =>
        {
            owner.ToTable(OwnersTable).HasKey(one => one.CustomerId);
            owner.HasIndex(one => one.Owner);
        });
        modelBuilder.Entity<UncontactedCustomer>().ToTable(UncontactedTable).HasKey(one => one.CustomerId);
        modelBuilder.Entity<WorkSetting>().ToTable(SettingsTable).HasKey(setting => setting.Name);
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
