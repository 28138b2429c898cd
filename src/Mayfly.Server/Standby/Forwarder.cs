using System.Net;
using System.Net.Sockets;
using System.Text;
using Mayfly.Control.Leadership;
using Microsoft.AspNetCore.Http.Features;

namespace Mayfly.Server.Standby;

/// <summary>Passes every request on to the active server and its answer back, both as they come: HTTP, streams of events, and WebSockets.</summary>
internal sealed partial class Forwarder(Lead lead, IHostApplicationLifetime house, ILogger<Forwarder> logger) : IDisposable
{
    private const int MostAtOnce = 10_000;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ContinueWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HealthWithin = TimeSpan.FromSeconds(3);

    // The longest that anything of the API takes to answer is far below. A server that is gone is noticed by its connection or its lease.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(15);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectWithin,
        ConnectCallback = ConnectAsync,
        // Bytes of headers are passed on whatever they mean.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseDrainTimeout = TimeSpan.Zero,
        Expect100ContinueTimeout = ContinueWithin,
    });

    private readonly SemaphoreSlim _slots = new(MostAtOnce);

    /// <summary>Serves a request.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        // Sent here by another that takes this server for the active one: passed on it could go round in circles.
        var fault = context.Request.Headers.ContainsKey(PassedOn.Secret) ? NoActiveServer.Astray : lead.Current is null ? NoActiveServer.NoneKnown : null;
        if (fault is null && lead.Current is { Server: { Address: { } address } server } leader)
        {
            if (HttpMethods.IsConnect(context.Request.Method)) context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            else if (await _slots.WaitAsync(TimeSpan.Zero, CancellationToken.None)) await ForwardAsync(context, server, address, leader.Over);
            else await NoActiveServer.WriteAsync(context, NoActiveServer.TooMany);
            return;
        }

        await NoActiveServer.WriteAsync(context, fault ?? NoActiveServer.NoAddress);
    }

    /// <summary>True when the active server answers this one.</summary>
    public async Task<bool> ReachesAsync(CancellationToken cancellationToken)
    {
        if (lead.Current is not { Server: { Address: { } address } server } leader) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, leader.Over);
        limit.CancelAfter(HealthWithin);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, StandbyServer.Health));
        request.Headers.TryAddWithoutValidation(PassedOn.Secret, server.Secret);
        try
        {
            using var answer = await _client.SendAsync(request, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    /// <summary>The slot taken for it is free afterwards.</summary>
    private async Task ForwardAsync(HttpContext context, ActiveServer server, Uri address, CancellationToken over)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over, house.ApplicationStopping);
        try
        {
            await PassOnAsync(context, server, address, limit);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            await GiveUpAsync(context, exception);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task PassOnAsync(HttpContext context, ActiveServer server, Uri address, CancellationTokenSource limit)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrading ? upgrading : null;
        // Bodies are as large as the active server lets them be.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        using var request = ForwardedRequest.Of(context, server, address, upgrade is null ? null : context.Request.Headers.Upgrade.ToString());
        limit.CancelAfter(AnswerWithin);
        using var answer = await _client.SendAsync(request, limit.Token);
        limit.CancelAfter(Timeout.InfiniteTimeSpan);
        ForwardedRequest.CopyHead(answer, context.Response);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols && upgrade is not null)
        {
            context.Response.Headers.Upgrade = request.Headers.GetValues("Upgrade").Single();
            await ExchangeAsync(await upgrade.UpgradeAsync(), body, limit);
            return;
        }

        // Told at once: the first event of a stream may be long in coming.
        await context.Response.Body.FlushAsync(limit.Token);
        await ForwardedBody.CopyAsync(body, context.Response.Body, limit.Token);
    }

    /// <summary>Both directions, until either ends: the other is broken off then, and with it both connections.</summary>
    private static async Task ExchangeAsync(Stream browser, Stream server, CancellationTokenSource limit)
    {
        await using (browser)
        {
            Task[] both = [ForwardedBody.CopyAsync(browser, server, limit.Token), ForwardedBody.CopyAsync(server, browser, limit.Token)];
            await Task.WhenAny(both);
            await limit.CancelAsync();
            await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GiveUpAsync(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested) return;
        if (exception.InnerException is BadHttpRequestException bad && !context.Response.HasStarted) context.Response.StatusCode = bad.StatusCode;
        // Whoever reads it must not take a part for the whole.
        else if (context.Response.HasStarted) context.Abort();
        else
        {
            LogFailed(context.Request.Method, context.Request.Path, exception.InnerException?.Message ?? exception.Message);
            context.Response.Clear();
            await NoActiveServer.WriteAsync(context, NoActiveServer.Unreachable);
        }
    }

    /// <summary>A host that is gone without a word is noticed, though nothing is sent.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [LoggerMessage(630, LogLevel.Warning, "{Method} {Path} could not be passed on: {Why}")]
    private partial void LogFailed(string method, string path, string why);
}
