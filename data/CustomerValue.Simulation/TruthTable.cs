namespace CustomerValue.Simulation;

/// <summary>Writes rows of truth.csv.</summary>
internal static class TruthTable
{
    public const string Header =
        "customer_id,segment,acquired_day,purchase_rate,regularity,dropout,dropout_date,alive_at_end,season_strength,mean_order_value,"
        + "margin_share,return_share,phase,orders,expected_orders,expected_purchase_days,churn_probability,expected_spend,expected_returns,"
        + "expected_margin,uplift,treatment_effect_orders,treatment_effect_margin,wallet_per_year,unspent_wallet_per_year,calls_per_year,"
        + "service_cost,referred_by,would_have_come_anyway,preferred_category,preferred_channel\n";

    public static void Write(TableText text, CustomerBlock block, Utf8Buffer buffer)
    {
        foreach (ref readonly CustomerTruth row in block.Truths)
        {
            buffer.BeginRow();
            TableText.Customer(buffer, row.Customer);
            buffer.Field(text.Segment(row.Segment));
            buffer.Fixed(row.AcquiredDay, 6);
            buffer.Fixed(row.PurchaseRate, 9);
            buffer.Number(row.Regularity);
            buffer.Fixed(row.Dropout, 9);
            if (row.AliveAtEnd)
                buffer.Missing();
            else
                buffer.Field(text.Date((int)row.DropoutDay));
            buffer.Number(row.AliveAtEnd ? 1 : 0);
            buffer.Fixed(row.SeasonStrength, 3);
            buffer.Fixed(row.MeanOrderValue, 4);
            buffer.Fixed(row.MarginShare, 6);
            buffer.Fixed(row.ReturnShare, 4);
            buffer.Number(row.Phase);
            buffer.Number(row.Orders);
            buffer.Fixed(row.ExpectedOrders, 9);
            buffer.Fixed(row.ExpectedPurchaseDays, 9);
            buffer.Fixed(row.ChurnProbability, 9);
            buffer.Fixed(row.ExpectedSpend, 6);
            buffer.Fixed(row.ExpectedReturns, 6);
            buffer.Fixed(row.ExpectedMargin, 6);
            buffer.Fixed(row.Uplift, 4);
            buffer.Fixed(row.TreatmentEffectOrders, 9);
            buffer.Fixed(row.TreatmentEffectMargin, 6);
            buffer.Fixed(row.WalletPerYear, 2);
            buffer.Fixed(row.UnspentWalletPerYear, 2);
            buffer.Fixed(row.CallsPerYear, 6);
            buffer.Fixed(row.ServiceCost, 2);
            Referral(buffer, row);
            buffer.Field(TableText.Categories[row.PreferredCategory]);
            buffer.Field(TableText.Channels[row.PreferredChannel]);
            buffer.EndRow();
        }
    }

    private static void Referral(Utf8Buffer buffer, in CustomerTruth row)
    {
        if (row.ReferredBy < 0)
        {
            buffer.Missing();
            buffer.Missing();
            return;
        }

        TableText.Customer(buffer, row.ReferredBy);
        buffer.Number(row.WouldHaveComeAnyway ? 1 : 0);
    }
}
