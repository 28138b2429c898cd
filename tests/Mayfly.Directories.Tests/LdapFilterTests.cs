using System.Formats.Asn1;
using Mayfly.Control.Directories.Ldap;

namespace Mayfly.Directories.Tests;

/// <summary>Filters as text and as BER.</summary>
public sealed class LdapFilterTests
{
    [Theory]
    [InlineData("*)(uid=*", @"\2a\29\28uid=\2a")]
    [InlineData("a\\b", @"a\5cb")]
    [InlineData("nul\0", @"nul\00")]
    [InlineData("zoë", @"zo\c3\ab")]
    public void Escape_SpecialCharacters_BecomeHexadecimal(string value, string expected) => LdapFilter.Escape(value).ShouldBe(expected);

    [Theory]
    [InlineData("(uid=ada)", "a30a0403756964040361 6461")]
    [InlineData("(uid=*)", "8703756964")]
    [InlineData("(!(uid=a))", "a20aa3080403756964040161")]
    [InlineData("(uid=a*b*c)", "a41004037569643009800161810162820163")]
    [InlineData("(n>=5)", "a50604016e040135")]
    [InlineData(@"(uid=\2a)", "a308040375696404012a")]
    [InlineData("(m:1.2:=x)", "a90b8103312e3282016d830178")]
    public void TryWrite_Filter_IsTheBerOfTheStandard(string text, string hexadecimal)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);

        LdapFilter.TryWrite(text, writer).ShouldBeTrue();
        Convert.ToHexStringLower(writer.Encode()).ShouldBe(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("uid=ada")]
    [InlineData("(uid=ada")]
    [InlineData("(uid=ada))")]
    [InlineData("(uid=a(b)")]
    [InlineData(@"(uid=\2)")]
    [InlineData(@"(uid=\zz)")]
    [InlineData("(=ada)")]
    [InlineData("(u d=ada)")]
    [InlineData("(!)")]
    [InlineData("(n>=5*)")]
    [InlineData("(:=x)")]
    public void IsValid_SomethingElse_IsFalse(string text) => LdapFilter.IsValid(text).ShouldBeFalse();

    [Fact]
    public void IsValid_NestedWithoutEnd_IsFalse() => LdapFilter.IsValid(string.Concat(Enumerable.Repeat("(!", 50_000))).ShouldBeFalse();
}
