using System.Runtime.InteropServices;
using System.Text;

namespace Mayfly.Engine.Processes;

/// <summary>
/// Starts processes by posix_spawn, which unlike System.Diagnostics.Process passes chosen descriptors on, and puts each
/// in a session of its own: neither the terminal's Ctrl+C nor the end of mayflyd reaches it.
/// </summary>
internal static unsafe class Spawner
{
    // glibc's opaque types are smaller than these; musl's too.
    private const int OpaqueBytes = 512;

    /// <returns>The process number.</returns>
    /// <exception cref="IOException">The program could not be started.</exception>
    public static int Spawn(ProcessStart start)
    {
        var duplicates = new List<SafeHandle>();
        var highest = start.Inherited.Keys.DefaultIfEmpty(-1).Max();
        var actions = stackalloc byte[OpaqueBytes];
        var attributes = stackalloc byte[OpaqueBytes];
        _ = Native.SpawnActionsInit(actions);
        _ = Native.SpawnAttributesInit(attributes);
        try
        {
            foreach (var (target, source) in start.Inherited)
                AddDescriptor(actions, source, target, highest, duplicates);
            CloseAllOthers(actions, start.Inherited, highest);
            IsolateSignalsAndSession(attributes);
            return Run(start, actions, attributes);
        }
        finally
        {
            _ = Native.SpawnActionsDestroy(actions);
            _ = Native.SpawnAttributesDestroy(attributes);
            duplicates.ForEach(duplicate => duplicate.Dispose());
        }
    }

    private static void AddDescriptor(byte* actions, SafeHandle source, int target, int highest, List<SafeHandle> duplicates)
    {
        // A copy above all targets: otherwise one dup2 could overwrite the source of the next.
        var copy = Native.Own(Native.Fcntl(source, Native.FcntlDuplicateCloseOnExec, highest + 1), "fcntl");
        duplicates.Add(copy);
        _ = Native.SpawnActionsDuplicate(actions, (int)copy.DangerousGetHandle(), target);
    }

    /// <summary>.NET opens everything close-on-exec, but whoever started us may not have.</summary>
    private static void CloseAllOthers(byte* actions, IReadOnlyDictionary<int, SafeHandle> given, int highest)
    {
        for (var number = 0; number < highest; number++)
        {
            if (!given.ContainsKey(number))
                _ = Native.SpawnActionsClose(actions, number);
        }

        _ = Native.SpawnActionsCloseFrom(actions, highest + 1);
    }

    private static void IsolateSignalsAndSession(byte* attributes)
    {
        var all = stackalloc byte[128];
        var none = stackalloc byte[128];
        _ = Native.SignalSetFill(all);
        _ = Native.SignalSetEmpty(none);
        // .NET ignores SIGPIPE, and an ignored signal would stay ignored in the program started.
        _ = Native.SpawnAttributesSetSignalDefaults(attributes, all);
        _ = Native.SpawnAttributesSetSignalMask(attributes, none);
        _ = Native.SpawnAttributesSetFlags(attributes, Native.SpawnSetSignalDefaults | Native.SpawnSetSignalMask | Native.SpawnSetSession);
    }

    private static int Run(ProcessStart start, byte* actions, byte* attributes)
    {
        using var arguments = new StringVector([start.Program, .. start.Arguments]);
        using var environment = new StringVector(start.Environment);
        int processId;
        var error = Native.Spawn(&processId, start.Program, actions, attributes, arguments.Pointer, environment.Pointer);
        return error == 0 ? processId : throw new IOException($"{start.Program} could not be started: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed class StringVector : IDisposable
    {
        public StringVector(IReadOnlyList<string> strings)
        {
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
            for (var i = 0; i < strings.Count; i++)
                Pointer[i] = Copy(strings[i]);
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (var next = Pointer; *next is not null; next++)
                NativeMemory.Free(*next);
            NativeMemory.Free(Pointer);
        }

        private static byte* Copy(string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            var copy = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
            Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
            return copy;
        }
    }
}
