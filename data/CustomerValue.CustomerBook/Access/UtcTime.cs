using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerValue.CustomerBook.Access;

/// <summary>SQLite does not keep that a time is UTC.</summary>
internal sealed class UtcTime() : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
