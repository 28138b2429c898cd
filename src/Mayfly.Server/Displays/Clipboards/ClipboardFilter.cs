using System.Buffers;
using System.Buffers.Binary;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Displays.Clipboards;

/// <summary>
/// Takes out of what a viewer sends to a screen (RFB 3.7 and 3.8, from the first byte on) the clipboard messages its rule forbids. That is
/// enough for both directions: QEMU gives a viewer the guest's text only when the viewer asks for it, in the extended form of the same
/// messages. What can not be framed ends the connection, since a viewer could hide a clipboard message in it.
/// </summary>
internal sealed class ClipboardFilter(ClipboardRule rule)
{
    private const int MostEncodings = 1024;
    private const int VersionBytes = 12;
    private const int ExtendedClipboard = unchecked((int)0xC0A1E5CE);

    private readonly byte[] _head = new byte[4 + (4 * MostEncodings)];
    private Step _step;
    private int _have;
    private int _need = VersionBytes;
    private long _body;
    private bool _dropping;

    private enum Step
    {
        Version,
        Security,
        Initialisation,
        Message,
    }

    /// <summary>Takes the next bytes, cut anywhere, and passes on what may pass.</summary>
    /// <exception cref="InvalidDataException">They are not what a viewer may say.</exception>
    public void Pass(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        while (input.Length > 0)
            input = input[(_body > 0 ? PassBody(input, output) : PassHead(input, output))..];
    }

    private int PassBody(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var count = (int)Math.Min(_body, input.Length);
        if (!_dropping) output.Write(input[..count]);
        _body -= count;
        return count;
    }

    private int PassHead(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var count = Math.Min(_need - _have, input.Length);
        input[..count].CopyTo(_head.AsSpan(_have));
        _have += count;
        while (_have == _need && !Finish(output))
        {
        }

        return count;
    }

    /// <summary>Looks at a head that is as long as was asked for: true when it asks for more or has begun anew with nothing.</summary>
    private bool Finish(IBufferWriter<byte> output)
    {
        switch (_step)
        {
            case Step.Version:
                Check(_head.AsSpan(0, VersionBytes).SequenceEqual("RFB 003.008\n"u8) || _head.AsSpan(0, VersionBytes).SequenceEqual("RFB 003.007\n"u8), "its version");
                return Next(Step.Security, output);
            case Step.Security:
                Check(_head[0] == 1, "its choice of security");
                return Next(Step.Initialisation, output);
            case Step.Initialisation:
                return Next(Step.Message, output);
            default:
                return FinishMessage(output);
        }
    }

    private bool Next(Step step, IBufferWriter<byte> output)
    {
        _step = step;
        return End(output, drop: false, body: 0);
    }

    private bool FinishMessage(IBufferWriter<byte> output)
    {
        var whole = ViewerMessages.LengthOf(_head.AsSpan(0, _have));
        Check(whole is > 0 && whole <= _head.Length, $"a message of kind {_head[0]}");
        if (whole > _have)
        {
            _need = whole;
            return true;
        }

        if (_head[0] == ViewerMessages.SetEncodings && rule == ClipboardRule.Off)
            RemoveExtendedClipboard();
        if (_head[0] != ViewerMessages.CutText)
            return End(output, drop: false, body: 0);
        return FinishCutText(BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(4)), output);
    }

    /// <summary>A length below zero marks the extended form: four bytes of flags, then what they say.</summary>
    private bool FinishCutText(int length, IBufferWriter<byte> output)
    {
        if (length >= 0)
            return End(output, rule is ClipboardRule.FromGuest or ClipboardRule.Off, length);
        const int FlagBytes = 4;
        Check(length <= -FlagBytes, "a clipboard message");
        if (_have < ViewerMessages.CutTextHead + FlagBytes)
        {
            _need = ViewerMessages.CutTextHead + FlagBytes;
            return true;
        }

        var forbidden = rule switch
        {
            ClipboardRule.ToGuest => ClipboardFlags.Request | ClipboardFlags.Peek,
            ClipboardRule.FromGuest => ClipboardFlags.Notify | ClipboardFlags.Provide,
            _ => ClipboardFlags.None,
        };
        var flags = (ClipboardFlags)BinaryPrimitives.ReadUInt32BigEndian(_head.AsSpan(ViewerMessages.CutTextHead));
        return End(output, rule == ClipboardRule.Off || (flags & forbidden) != 0, -(long)length - FlagBytes);
    }

    private void RemoveExtendedClipboard()
    {
        var kept = 0;
        for (var at = 4; at < _have; at += 4)
        {
            var encoding = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(at));
            if (encoding != ExtendedClipboard)
                BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(4 + (4 * kept++)), encoding);
        }

        BinaryPrimitives.WriteUInt16BigEndian(_head.AsSpan(2), (ushort)kept);
        _have = 4 + (4 * kept);
    }

    private bool End(IBufferWriter<byte> output, bool drop, long body)
    {
        if (!drop) output.Write(_head.AsSpan(0, _have));
        (_dropping, _body) = (drop, body);
        _have = 0;
        _need = 1;
        return true;
    }

    private static void Check(bool good, string what)
    {
        if (!good) throw new InvalidDataException($"A viewer sent what can not be understood: {what}.");
    }
}
