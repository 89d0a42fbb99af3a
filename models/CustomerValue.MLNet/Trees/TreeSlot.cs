namespace CustomerValue.MLNet.Trees;

/// <summary>What a slot of a trainer's vector holds of a feature.</summary>
internal enum SlotKind
{
    /// <summary>The value itself; ML.NET's trees send NaN right.</summary>
    Value,

    /// <summary>The value, 0 where missing.</summary>
    Filled,

    /// <summary>1 where missing, else 0.</summary>
    Missing,

    /// <summary>1 for one level of a category, else 0.</summary>
    Level,
}

/// <summary>A slot of the vector that trees were grown on.</summary>
/// <param name="Feature">Position of the feature in the schema.</param>
/// <param name="Kind">What it holds of it.</param>
/// <param name="Level">The level it stands for, where it stands for one.</param>
internal readonly record struct TreeSlot(int Feature, SlotKind Kind, int Level)
{
    /// <summary>What the slot holds where the feature has a value, or NaN.</summary>
    public float Of(float value) => Kind switch
    {
        SlotKind.Value => value,
        SlotKind.Filled => float.IsNaN(value) ? 0 : value,
        SlotKind.Missing => float.IsNaN(value) ? 1 : 0,
        _ => value == Level ? 1 : 0,
    };
}
