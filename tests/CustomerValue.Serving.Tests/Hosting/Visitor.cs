using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>Someone with a browser that runs no scripts: opens pages, fills forms in, keeps cookies.</summary>
internal sealed partial class Visitor(HttpClient client)
{
    /// <summary>Someone new.</summary>
    public static Visitor At(ServingHost host) => new(host.CreateClient());

    /// <summary>Opens an address.</summary>
    public async Task<Page> OpenAsync(string address, string language = "en")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await Page.ReadAsync(await client.SendAsync(request));
    }

    /// <summary>Opens the page of a form, fills it in and sends it.</summary>
    /// <param name="address">The page.</param>
    /// <param name="form">Name of the form.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<Page> SubmitAsync(string address, string form, Dictionary<string, string> fields) => await SendAsync(address, form, TokenOf((await OpenAsync(address)).Text), fields);

    /// <summary>Sends a form with the token of a page that was opened before.</summary>
    public async Task<Page> SendAsync(string address, string form, string token, Dictionary<string, string> fields)
    {
        using FormUrlEncodedContent content = new(fields.Append(new("_handler", form)).Append(new("__RequestVerificationToken", token)));
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await Page.ReadAsync(await client.SendAsync(request));
    }

    /// <summary>Opens the page of a form and sends a file with it.</summary>
    public async Task<Page> UploadAsync(string address, string form, string field, string name, string content)
    {
        string token = TokenOf((await OpenAsync(address)).Text);
        using MultipartFormDataContent parts = new() { { new StringContent(form), "_handler" }, { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(content), field, name } };
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = parts };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await Page.ReadAsync(await client.SendAsync(request));
    }

    /// <summary>The token against forgery in a page's form.</summary>
    public static string TokenOf(string page) => Token().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>A page as it came.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">The markup.</param>
/// <param name="Address">Path and query that it came from in the end.</param>
/// <param name="Headers">Headers of the answer.</param>
internal sealed record Page(int Status, string Text, string Address, HttpResponseHeaders Headers)
{
    public static async Task<Page> ReadAsync(HttpResponseMessage answer) =>
        new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.RequestMessage!.RequestUri!.PathAndQuery, answer.Headers);
}
