namespace CustomerValue.Simulation;

/// <summary>Everything that is the same for all customers of a simulation; shared by the threads, never changed.</summary>
internal sealed class SimulationModel
{
    public SimulationModel(SimulationOptions options)
    {
        Options = options;
        Calendar = new SimulationCalendar(options);
        Catalogue = new ProductCatalogue(options.Products);
        Profiles = new ProfileDraw(options, Calendar);
    }

    public SimulationOptions Options { get; }

    public SimulationCalendar Calendar { get; }

    public ProductCatalogue Catalogue { get; }

    public ProfileDraw Profiles { get; }

    public int Blocks => (Options.Customers + CustomerBlock.Size - 1) / CustomerBlock.Size;
}
