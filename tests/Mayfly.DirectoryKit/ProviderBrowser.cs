using System.Net;
using System.Text.RegularExpressions;

namespace Mayfly.DirectoryKit;

/// <summary>What a browser and a person do at the provider of the tests: open its page, fill its form in, get sent back.</summary>
public static partial class ProviderBrowser
{
    /// <summary>Signs in and returns the address the browser is sent to.</summary>
    public static async Task<Uri> SignInAsync(Uri authorizationUrl, string user, string password, HttpMessageHandler? handler = null)
    {
        using var client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false });
        using var opened = await client.GetAsync(authorizationUrl);
        if (opened.Headers.Location is { } refused) return refused;
        var page = await opened.Content.ReadAsStringAsync();
        var fields = HiddenField().Matches(page).ToDictionary(m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["username"] = user;
        fields["password"] = password;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(authorizationUrl.GetLeftPart(UriPartial.Path), form);
        return answer.Headers.Location ?? throw new InvalidOperationException($"The provider answers {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
