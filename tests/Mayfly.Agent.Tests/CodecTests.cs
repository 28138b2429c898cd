using System.Text;
using System.Text.Json;
using Mayfly.Agent.Channel;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Tests;

/// <summary>Frames, as the agent reads and writes them, against the record that the host reads and writes.</summary>
public sealed class CodecTests
{
    private const int PrefixBytes = 4;

    [Fact]
    public void Decode_WhatTheHostEncodes_IsTheSame()
    {
        var body = new ExecRequest(["echo", "a \"b\" {c}", "ü"], 5);
        var frame = new AgentFrame { Id = long.MaxValue, Verb = AgentVerbs.Exec, Body = JsonSerializer.SerializeToElement(body, AgentJson.Default.ExecRequest) };

        var request = AgentCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(frame, AgentJson.Default.AgentFrame));

        (request.Id, request.Verb).ShouldBe((frame.Id, frame.Verb));
        AgentCodec.Body(request, AgentJson.Default.ExecRequest).Command.ShouldBe(body.Command);
    }

    [Theory]
    [InlineData("""{"unknown":{"id":7},"body":{"command":["x"],"timeoutSeconds":1},"verb":"exec","id":3}""")]
    [InlineData(""" { "id" : 3 , "verb" : "exec" , "body" : { "command" : [ "x" ] , "timeoutSeconds" : 1 } , "more" : [ [ ] ] } """)]
    public void Decode_OtherOrderSpacesAndUnknownNames_AreNoMatter(string json)
    {
        var request = AgentCodec.Decode(Encoding.UTF8.GetBytes(json));

        (request.Id, request.Verb).ShouldBe((3, "exec"));
        AgentCodec.Body(request, AgentJson.Default.ExecRequest).Command.ShouldBe(["x"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"verb":"hello"}""")]
    [InlineData("""{"id":"1","verb":"hello"}""")]
    [InlineData("""{"id":1.5,"verb":"hello"}""")]
    [InlineData("""{"id":99999999999999999999,"verb":"hello"}""")]
    [InlineData("""{"id":1,"verb":7}""")]
    [InlineData("""{"id":1,"verb":null}""")]
    [InlineData("""{"id":1,"verb":"hello","body":""")]
    [InlineData("""{"id":1,"verb":"hello","body":{"a":1""")]
    public void Decode_WhatIsNoFrame_IsRefused(string json) =>
        Should.Throw<JsonException>(() => AgentCodec.Decode(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"id":1,"verb":"exec"}""")]
    [InlineData("""{"id":1,"verb":"exec","body":null}""")]
    [InlineData("""{"id":1,"verb":"exec","body":"text"}""")]
    public void Body_MissingOrOfAnotherKind_IsRefused(string json) =>
        Should.Throw<JsonException>(() => AgentCodec.Body(AgentCodec.Decode(Encoding.UTF8.GetBytes(json)), AgentJson.Default.ExecRequest));

    [Fact]
    public void Encode_Result_IsWhatTheHostReads()
    {
        var frame = Read(AgentCodec.Encode(5, AgentVerbs.Exec, new ExecResult(3, "out\n", "ü", false), AgentJson.Default.ExecResult));

        (frame.Id, frame.Verb, frame.Error).ShouldBe((5, AgentVerbs.Exec, null));
        frame.Body!.Value.Deserialize(AgentJson.Default.ExecResult).ShouldBe(new ExecResult(3, "out\n", "ü", false));
    }

    [Fact]
    public void EncodeError_OfAnyLength_FitsAndSaysWhatWentWrong()
    {
        var frame = Read(AgentCodec.EncodeError(5, AgentVerbs.Exec, new string('"', 1_000_000)));

        frame.Body.ShouldBeNull();
        frame.Error!.ShouldStartWith("\"\"\"");
        frame.Error.Length.ShouldBeLessThan(10_000);
    }

    private static AgentFrame Read(byte[] wire)
    {
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(wire).ShouldBe((uint)(wire.Length - PrefixBytes));
        return JsonSerializer.Deserialize(wire.AsSpan(PrefixBytes), AgentJson.Default.AgentFrame)!;
    }
}
