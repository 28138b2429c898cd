namespace Mayfly.Control.Machines;

/// <summary>The home of a desktop's account, in words of the guest's shell.</summary>
internal static class GuestHome
{
    /// <summary>Prints the home of the first person; nothing where the guest knows none.</summary>
    public const string Find = """sed -n 's/^[^:]*:[^:]*:1000:[^:]*:[^:]*:\([^:]*\):.*/\1/p' /etc/passwd""";
}
