using System.Net;
using System.Net.Http.Headers;
using Mayfly.Contracts;

namespace Mayfly.Server.Tests;

public sealed class DisplayThumbnailTests
{
    [Fact]
    public async Task Thumbnail_AskedForByMany_CostsOneCaptureInTenSeconds()
    {
        await using var daemon = await Daemon.StartAsync();
        var captures = 0;
        daemon.Host.OnCapture = _ => Task.FromResult<Outcome<byte[]>>(new[] { (byte)Interlocked.Increment(ref captures) });
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");
        using var local = daemon.Local();

        var own = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ann.Client.GetByteArrayAsync($"/api/v1/sessions/{session.Id}/thumbnail")));
        var administrators = await local.GetByteArrayAsync($"/api/v1/machines/{session.Machine}/thumbnail");

        own.Append(administrators).ShouldAllBe(picture => picture.SequenceEqual(new byte[] { 1 }));
        daemon.Time.Advance(TimeSpan.FromSeconds(11));
        (await ann.Client.GetByteArrayAsync($"/api/v1/sessions/{session.Id}/thumbnail")).ShouldBe([2]);
        captures.ShouldBe(2);
    }

    [Fact]
    public async Task Thumbnail_Unchanged_IsNotSentAgain()
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");
        using var first = await ann.Client.GetAsync($"/api/v1/sessions/{session.Id}/thumbnail");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        first.Headers.CacheControl!.ToString().ShouldBe("max-age=10, private");

        daemon.Time.Advance(TimeSpan.FromSeconds(11));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sessions/{session.Id}/thumbnail");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await ann.Client.SendAsync(again);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Thumbnail_OfAnotherUsersDesktop_IsNotFoundAndOfAMachineForbidden()
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var eve = await daemon.SignInAsync("eve");
        var session = await daemon.OpenAsync(ann, "ann");
        (await eve.Client.GetAsync($"/api/v1/sessions/{session.Id}/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.GetAsync($"/api/v1/machines/{session.Machine}/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = daemon.Anonymous();
        (await nobody.GetAsync($"/api/v1/sessions/{session.Id}/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Thumbnail_LoggedOff_IsGoneAtOnce()
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");
        (await ann.Client.GetAsync($"/api/v1/sessions/{session.Id}/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ann.Client.DeleteAsync($"/api/v1/sessions/{session.Id}")).EnsureSuccessStatusCode();
        (await ann.Client.GetAsync($"/api/v1/sessions/{session.Id}/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
