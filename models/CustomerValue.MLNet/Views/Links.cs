using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Views;

/// <summary>Transformers one after another, each fitted on what those before it make of the columns.</summary>
internal sealed class Links(IDataView data)
{
    private readonly List<ITransformer> _fitted = [];
    private IDataView _data = data;

    public DataViewSchema Schema => _data.Schema;

    public void Add(IEstimator<ITransformer> estimator) => Add(estimator.Fit(_data));

    public void Add(ITransformer transformer)
    {
        _data = transformer.Transform(_data);
        _fitted.Add(transformer);
    }

    public TransformerChain<ITransformer> Chain() => new(_fitted.ToArray());
}
