namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Header names that say by themselves what a column holds, the surest first; compared by letters and digits alone.</summary>
internal static class HeaderNames
{
    /// <summary>Price of one piece: an amount together with a quantity, an amount by itself without one.</summary>
    public static readonly string[] UnitPrice = ["unitprice", "priceperunit", "itemprice", "pieceprice", "price"];

    private static readonly Dictionary<ColumnRole, string[]> Usual = new()
    {
        [ColumnRole.Customer] =
        [
            "customerid", "customer", "custid", "cust", "customerno", "customernumber", "customerkey", "customercode", "clientid", "client", "clientno",
            "userid", "user", "memberid", "member", "buyerid", "buyer", "shopperid", "accountid", "account", "householdid", "householdkey",
        ],
        [ColumnRole.Date] =
        [
            "date", "invoicedate", "orderdate", "transactiondate", "purchasedate", "saledate", "salesdate", "trandate", "day", "timestamp", "datetime",
            "invoicedatetime", "orderdatetime", "ordertimestamp", "orderpurchasetimestamp", "transactiontime", "eventtime", "orderedat", "createdat", "purchasedat", "moment",
            "time", "tdat",
        ],
        [ColumnRole.Amount] =
        [
            "amount", "totalamount", "total", "totalprice", "linetotal", "ordertotal", "revenue", "netrevenue", "netamount", "grossamount", "sales", "salesamount", "saleamount",
            "salesvalue", "value", "ordervalue", "transactionamount", "purchaseamount", "transactionvalue", "spend", "spent", "turnover", "paymentvalue", "monetaryvalue",
            "amt",
        ],
        [ColumnRole.Order] =
        [
            "orderid", "order", "orderno", "ordernumber", "invoiceno", "invoice", "invoiceid", "invoicenumber", "transactionid", "basketid", "basket", "receiptid", "receiptno",
            "ticketid",
        ],
        [ColumnRole.Quantity] = ["quantity", "qty", "units", "pieces", "itemcount", "numberofitems"],
        [ColumnRole.Product] = ["stockcode", "productid", "product", "productcode", "productname", "sku", "itemid", "item", "itemcode", "articleid", "article"],
        [ColumnRole.Category] = ["category", "productcategory", "categoryname", "categoryid", "department", "productgroup", "productfamily"],
        [ColumnRole.Channel] = ["channel", "saleschannel", "saleschannelid", "orderchannel", "channelid", "channelname"],
        [ColumnRole.Discount] = ["discount", "discountamount", "discountvalue", "rebate"],
        [ColumnRole.UnitCost] = ["unitcost", "costperunit", "costprice", "itemcost"],
        [ColumnRole.Margin] = ["margin", "grossmargin", "contributionmargin", "marginamount", "profit", "grossprofit"],
    };

    /// <summary>Usual names of a role, the surest first.</summary>
    public static string[] Of(ColumnRole role) => Usual[role];

    /// <summary>A header name without case, blanks and punctuation.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
