using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class DisplayScreenTests
{
    [Fact]
    public async Task SetScreen_OfTheCallersSession_ReachesItsMachine()
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");

        var answer = await ann.Client.PutAsJsonAsync($"/api/v1/sessions/{session.Id}/screen", new SetScreenSizeRequest(1600, 900));

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var (_, width, height) = daemon.Host.Screens.ShouldHaveSingleItem();
        (width, height).ShouldBe((1600, 900));
    }

    [Fact]
    public async Task SetScreen_OfAnotherUsersSession_IsNotFound()
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var eve = await daemon.SignInAsync("eve");
        var session = await daemon.OpenAsync(ann, "ann");
        (await eve.Client.PutAsJsonAsync($"/api/v1/sessions/{session.Id}/screen", new SetScreenSizeRequest(1600, 900))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        daemon.Host.Screens.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"width":"wide","height":900}""")]
    [InlineData("""{"width":99999999999999,"height":900}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task SetScreen_MalformedBody_IsRefused(string body)
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await ann.Client.PutAsync($"/api/v1/sessions/{session.Id}/screen", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
