using CustomerValue.Data.Windows;

namespace CustomerValue.Simulation;

/// <summary>Simulates blocks of customers, one after the other; each thread has its own.</summary>
internal sealed class BlockDraw
{
    private readonly SimulationModel _model;
    private readonly SimulationOptions _options;
    private readonly PurchaseProcess _purchases = new();
    private readonly FutureCalculator _future = new();
    private readonly BasketDraw _baskets;
    private readonly OrderService _service;
    private readonly double[] _weights;
    private readonly double[] _treatedWeights;

    public BlockDraw(SimulationModel model)
    {
        _model = model;
        _options = model.Options;
        _baskets = new BasketDraw(_options, model.Calendar, model.Catalogue);
        _service = new OrderService(_options);
        _weights = new double[_options.Days + _options.HorizonDays];
        _treatedWeights = new double[_options.HorizonDays];
    }

    public void Fill(CustomerBlock block, int index)
    {
        block.Clear();
        block.FirstCustomer = index * CustomerBlock.Size;
        block.CustomerCount = Math.Min(CustomerBlock.Size, _options.Customers - block.FirstCustomer);
        for (int i = 0; i < block.CustomerCount; i++)
            Customer(block, block.FirstCustomer + i);
    }

    private void Customer(CustomerBlock block, int customer)
    {
        HiddenProfile profile = _model.Profiles.Draw(customer);
        SimulationSegment segment = _options.Segments[profile.Core.Segment];
        ReadOnlySpan<double> weights = SimulatedCampaign.Apply(
            _options, customer, profile, _model.Calendar.Weights(profile.Core.Segment), _weights, block.ContactRows);
        RandomStream random = new(_options.Seed, customer, StreamPurpose.Purchase);
        _purchases.Run(random, profile, segment.Regularity, _options.Dropout, weights, _options.Days);

        _service.Start(customer, profile, block.ActivityRows);
        _baskets.Draw(customer, profile, _purchases.Moments.AsSpan(0, _purchases.Count), block.LineRows, _service);
        double serviceCost = _service.Finish(customer, profile, _purchases.DropoutDay);

        block.CustomerRows.Add(AttributeDraw.Draw(_options, customer, profile));
        if (profile.ReferredBy >= 0)
            block.ReferralRows.Add(new SimulatedReferral(profile.ReferredBy, customer, (int)profile.Core.AcquiredDay));
        if (_options.Files.HasFlag(SimulationFiles.Truth))
            block.TruthRows.Add(Truth(customer, profile, segment, weights, serviceCost));
    }

    private CustomerTruth Truth(int customer, in HiddenProfile profile, SimulationSegment segment, ReadOnlySpan<double> weights, double serviceCost)
    {
        ReadOnlySpan<double> horizon = weights.Slice(_options.Days, _options.HorizonDays);
        FutureExpectation future = default;
        future.NoOrder = 1;
        double effect = 0;
        double pricedEffect = 0;
        if (double.IsPositiveInfinity(_purchases.DropoutDay))
        {
            future = Future(profile, segment.Regularity, horizon);
            ReadOnlySpan<double> window = horizon[..Math.Min(_options.CampaignEffectDays, horizon.Length)];
            Span<double> treated = _treatedWeights.AsSpan(0, window.Length);
            for (int day = 0; day < treated.Length; day++)
                treated[day] = window[day] * (1 + profile.Uplift);
            FutureExpectation with = Future(profile, segment.Regularity, treated);
            FutureExpectation without = Future(profile, segment.Regularity, window);
            effect = with.Orders - without.Orders;
            pricedEffect = with.PricedOrders - without.PricedOrders;
        }

        double mean = profile.MeanOrderValue(segment);
        double marginShare = profile.MarginShare(segment);
        double newReturns = mean * segment.ReturnShare * future.ReturnablePricedOrders;
        double newSpend = mean * future.PricedOrders - newReturns;
        double yearly = profile.PurchaseRate * DaysIn.MeanYear * mean;
        return new CustomerTruth
        {
            Customer = customer,
            Segment = profile.Core.Segment,
            AcquiredDay = profile.Core.AcquiredDay,
            PurchaseRate = profile.PurchaseRate,
            Regularity = segment.Regularity,
            Dropout = profile.Core.Dropout,
            DropoutDay = _purchases.DropoutDay,
            SeasonStrength = segment.SeasonStrength,
            MeanOrderValue = mean,
            MarginShare = marginShare,
            ReturnShare = segment.ReturnShare,
            Phase = _purchases.Phase,
            Orders = _purchases.Count,
            ExpectedOrders = future.Orders,
            ExpectedPurchaseDays = future.PurchaseDays,
            ChurnProbability = Math.Clamp(future.NoOrder, 0, 1),
            ExpectedSpend = newSpend - _baskets.PendingReturnCents / 100.0,
            ExpectedReturns = newReturns + _baskets.PendingReturnCents / 100.0,
            ExpectedMargin = newSpend * marginShare - _baskets.PendingReturnMarginCents / 100.0,
            Uplift = profile.Uplift,
            TreatmentEffectOrders = effect,
            TreatmentEffectMargin = pricedEffect * mean * (1 - segment.ReturnShare) * marginShare,
            WalletPerYear = yearly / profile.WalletShare,
            UnspentWalletPerYear = yearly / profile.WalletShare - yearly,
            CallsPerYear = profile.CallsPerYear,
            ServiceCost = serviceCost,
            ReferredBy = profile.ReferredBy,
            WouldHaveComeAnyway = profile.WouldHaveComeAnyway,
            PreferredCategory = profile.FirstCategory,
            PreferredChannel = profile.PreferredChannel,
        };
    }

    private FutureExpectation Future(in HiddenProfile profile, int regularity, ReadOnlySpan<double> weights)
    {
        bool lifetime = _options.Dropout == DropoutKind.Lifetime;
        return _future.Run(
            _purchases.Phase,
            regularity,
            profile.PurchaseRate,
            lifetime ? profile.Core.Dropout : 0,
            lifetime ? 0 : profile.Core.Dropout,
            weights,
            _model.Calendar.Prices.AsSpan(_options.Days, weights.Length));
    }
}
