using Mayfly.Contracts;

namespace Mayfly.Cli.Tests;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(ErrorCode.InvalidRequest, 2)]
    [InlineData(ErrorCode.NotFound, 3)]
    [InlineData(ErrorCode.Forbidden, 4)]
    [InlineData(ErrorCode.Unauthenticated, 4)]
    [InlineData(ErrorCode.AlreadyExists, 4)]
    [InlineData(ErrorCode.Busy, 5)]
    [InlineData(ErrorCode.PoolExhausted, 5)]
    [InlineData(ErrorCode.QemuMissing, 7)]
    [InlineData(ErrorCode.PublishFailed, 1)]
    public void From_ErrorCode_IsTheDocumentedNumber(ErrorCode code, int expected) => ExitCodes.From(code).ShouldBe(expected);

    [Fact]
    public void From_AnyErrorCode_IsNeverSuccess() => Enum.GetValues<ErrorCode>().ShouldAllBe(code => ExitCodes.From(code) != ExitCodes.Ok);
}
