using System.Runtime.CompilerServices;

// The simulator's own arithmetic (logarithm, samplers, calendar, text) is tested apart from what it produces.
[assembly: InternalsVisibleTo("CustomerValue.Data.Tests")]
