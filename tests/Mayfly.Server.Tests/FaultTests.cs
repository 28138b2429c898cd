using System.Text.Json;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Server.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(13, 507, "HostDiskLow")]
    [InlineData(10, 507, "HostDiskLow")]
    [InlineData(19, 500, "Internal")]
    public async Task Unexpected_DatabaseError_IsAFaultWithACodeWhenTheDiskIsFull(int error, int status, string code)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        context.Features.Set<IExceptionHandlerFeature>(new ExceptionHandlerFeature { Error = new InvalidOperationException("Saving failed.", new SqliteException("It is full.", error)) });
        await FaultResults.WriteUnexpectedAsync(context);
        context.Response.StatusCode.ShouldBe(status);
        using var said = JsonDocument.Parse(body.ToArray());
        said.RootElement.GetProperty("code").GetString().ShouldBe(code);
    }
}
