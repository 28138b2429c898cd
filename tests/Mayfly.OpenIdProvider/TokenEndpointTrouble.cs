namespace Mayfly.OpenIdProvider;

/// <summary>Answers the token endpoint in ways that no provider should.</summary>
internal static class TokenEndpointTrouble
{
    private const string Page = "<html><script>alert('the provider')</script></html>";

    public static async Task AnswerAsync(HttpContext context, OpenIdProvider provider, Func<Task> next)
    {
        var response = context.Response;
        switch (context.Request.Path == "/connect/token" ? provider.Misbehaviour : Misbehaviour.None)
        {
            case Misbehaviour.Silent:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case Misbehaviour.Huge: await WriteEndlesslyAsync(context); break;
            case Misbehaviour.ErrorPage:
                response.StatusCode = StatusCodes.Status400BadRequest;
                await response.WriteAsync(Page, context.RequestAborted);
                break;
            case Misbehaviour.ErrorWithMarkup:
                response.StatusCode = StatusCodes.Status400BadRequest;
                await response.WriteAsJsonAsync(new { error = "invalid_request<b>", error_description = Page }, context.RequestAborted);
                break;
            case Misbehaviour.Redirect: response.Redirect("/elsewhere", permanent: false, preserveMethod: true); break;
            default: await next(); break;
        }
    }

    private static async Task WriteEndlesslyAsync(HttpContext context)
    {
        var block = new byte[64 * 1024];
        try
        {
            while (true) await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has had enough.
        }
    }
}
