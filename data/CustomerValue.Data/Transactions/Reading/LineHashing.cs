namespace CustomerValue.Data.Transactions.Reading;

/// <summary>By what lines are compared between files.</summary>
internal enum LineHashing
{
    /// <summary>There is one file.</summary>
    None,

    /// <summary>By the fields that are read: the files have different columns.</summary>
    ReadFields,

    /// <summary>By all fields: the files have the same columns.</summary>
    AllFields,
}
