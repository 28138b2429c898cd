using System.Runtime.InteropServices;

namespace Mayfly.Agent.Running;

/// <summary>A null-ended array of C strings, as exec wants its arguments and environment.</summary>
internal sealed unsafe class TextBlock : IDisposable
{
    private readonly int _count;

    internal TextBlock(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        Start = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
            Start[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
    }

    /// <summary>The array.</summary>
    internal byte** Start { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            Marshal.FreeCoTaskMem((nint)Start[i]);
        NativeMemory.Free(Start);
    }
}
