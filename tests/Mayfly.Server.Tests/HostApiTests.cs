using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class HostApiTests
{
    [Fact]
    public async Task Doctor_OfAHost_IsItsReportAndThereIsNoneOfAnUnknownOne()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var host = (await local.GetFromJsonAsync<List<HostView>>("/api/v1/hosts", Daemon.Json))!.ShouldHaveSingleItem();

        var report = await local.GetFromJsonAsync<DoctorReport>($"/api/v1/hosts/{host.Name}/doctor", Daemon.Json);
        report.ShouldBeEquivalentTo(await local.GetFromJsonAsync<DoctorReport>("/api/v1/doctor", Daemon.Json));
        (await local.GetAsync("/api/v1/hosts/nowhere/doctor")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
