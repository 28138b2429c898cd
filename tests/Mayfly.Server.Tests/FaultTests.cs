using System.Text.Json;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mayfly.Server.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(13, 507, "HostDiskLow")]
    [InlineData(10, 507, "HostDiskLow")]
    [InlineData(19, 500, "Internal")]
    public Task Unexpected_ErrorOfSqlite_IsAFaultWithACodeWhenTheDiskIsFull(int error, int status, string code) =>
        AnswersAsync(new SqliteException("It is full.", error), status, code);

    [Theory]
    [InlineData("53100", 507, "HostDiskLow")]
    [InlineData("57P01", 503, "DatabaseUnavailable")]
    [InlineData("08006", 503, "DatabaseUnavailable")]
    [InlineData("28P01", 503, "DatabaseUnavailable")]
    [InlineData("23505", 500, "Internal")]
    public Task Unexpected_ErrorOfPostgreSql_IsAFaultWithACodeWhenItIsTheServers(string state, int status, string code) =>
        AnswersAsync(new PostgresException("It can not be.", "ERROR", "ERROR", state), status, code);

    [Fact]
    public Task Unexpected_LostConnection_IsAFaultWithACode() =>
        AnswersAsync(new NpgsqlException("Exception while reading from stream", new IOException("It is gone.")), 503, "DatabaseUnavailable");

    private static async Task AnswersAsync(Exception inner, int status, string code)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        context.Features.Set<IExceptionHandlerFeature>(new ExceptionHandlerFeature { Error = new InvalidOperationException("Saving failed.", inner) });
        await FaultResults.WriteUnexpectedAsync(context);
        context.Response.StatusCode.ShouldBe(status);
        using var said = JsonDocument.Parse(body.ToArray());
        said.RootElement.GetProperty("code").GetString().ShouldBe(code);
    }
}
