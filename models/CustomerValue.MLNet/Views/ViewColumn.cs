using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Views;

/// <summary>A column beside the features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Getter">Makes the getter that reads it at a place.</param>
internal sealed record ViewColumn(string Name, DataViewType Type, Func<IViewPlace, Delegate> Getter)
{
    /// <summary>A column of numbers.</summary>
    public static ViewColumn Single(string name, Func<int, int, float> at) => new(name, NumberDataViewType.Single, place => (ValueGetter<float>)((ref float value) => value = at(place.Table, place.Row)));

    /// <summary>A column of numbers in full precision.</summary>
    public static ViewColumn Double(string name, Func<int, int, double> at) => new(name, NumberDataViewType.Double, place => (ValueGetter<double>)((ref double value) => value = at(place.Table, place.Row)));

    /// <summary>A column of yes and no.</summary>
    public static ViewColumn Boolean(string name, Func<int, int, bool> at) => new(name, BooleanDataViewType.Instance, place => (ValueGetter<bool>)((ref bool value) => value = at(place.Table, place.Row)));

    /// <summary>A column of text.</summary>
    public static ViewColumn Text(string name, Func<int, int, string> at) => new(name, TextDataViewType.Instance, place => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = at(place.Table, place.Row).AsMemory()));

    /// <summary>A column of days.</summary>
    public static ViewColumn Day(string name, Func<int, DateOnly> at) => new(name, DateTimeDataViewType.Instance, place => (ValueGetter<DateTime>)((ref DateTime value) => value = at(place.Table).ToDateTime(TimeOnly.MinValue)));
}

/// <summary>Where a cursor stands.</summary>
internal interface IViewPlace
{
    /// <summary>Which of the tables.</summary>
    int Table { get; }

    /// <summary>Which of its rows.</summary>
    int Row { get; }
}
