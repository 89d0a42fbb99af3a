namespace CustomerValue.Simulation;

/// <summary>Writes rows of the smaller files a company would have: attributes, activities, referrals, contacts.</summary>
internal static class CustomerTables
{
    public const string CustomersHeader = "customer_id,signup_date,tier,age_band,acquisition_channel,household_size,email_opt_in,region,star_sign\n";
    public const string ActivitiesHeader = "customer_id,date,activity,minutes\n";
    public const string ReferralsHeader = "referrer_id,referee_id,date\n";
    public const string ContactsHeader = "customer_id,campaign,date,channel,group\n";

    public static void Customers(TableText text, CustomerBlock block, Utf8Buffer buffer)
    {
        foreach (ref readonly SimulatedCustomer row in block.Customers)
        {
            buffer.BeginRow();
            TableText.Customer(buffer, row.Customer);
            buffer.Field(text.Date(row.SignupDay));
            Word(buffer, TableText.Tiers, row.Tier);
            Word(buffer, TableText.AgeBands, row.AgeBand);
            Word(buffer, TableText.AcquisitionChannels, row.AcquisitionChannel);
            Count(buffer, row.HouseholdSize);
            Count(buffer, row.EmailOptIn);
            Word(buffer, TableText.Regions, row.Region);
            Word(buffer, TableText.StarSigns, row.StarSign);
            buffer.EndRow();
        }
    }

    public static void Activities(TableText text, CustomerBlock block, Utf8Buffer buffer)
    {
        foreach (ref readonly SimulatedActivity row in block.Activities)
        {
            buffer.BeginRow();
            TableText.Customer(buffer, row.Customer);
            buffer.Field(text.Date(row.Day));
            buffer.Field(TableText.Activities[row.Activity]);
            buffer.Number(row.Minutes);
            buffer.EndRow();
        }
    }

    public static void Referrals(TableText text, CustomerBlock block, Utf8Buffer buffer)
    {
        foreach (ref readonly SimulatedReferral row in block.Referrals)
        {
            buffer.BeginRow();
            TableText.Customer(buffer, row.Referrer);
            TableText.Customer(buffer, row.Referee);
            buffer.Field(text.Date(row.Day));
            buffer.EndRow();
        }
    }

    public static void Contacts(TableText text, CustomerBlock block, Utf8Buffer buffer)
    {
        foreach (ref readonly SimulatedContact row in block.Contacts)
        {
            buffer.BeginRow();
            TableText.Customer(buffer, row.Customer);
            buffer.Raw("K"u8);
            buffer.RawNumber(row.Campaign, 2);
            buffer.Missing();
            buffer.Field(text.Date(row.Day));
            buffer.Field(TableText.CampaignChannels[(row.Campaign - 1) % TableText.CampaignChannels.Length]);
            buffer.Field(row.Treated ? "treated"u8 : "control"u8);
            buffer.EndRow();
        }
    }

    private static void Word(Utf8Buffer buffer, byte[][] words, int index)
    {
        if (index < 0)
            buffer.Missing();
        else
            buffer.Field(words[index]);
    }

    private static void Count(Utf8Buffer buffer, int value)
    {
        if (value < 0)
            buffer.Missing();
        else
            buffer.Number(value);
    }
}
