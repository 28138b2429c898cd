namespace Mayfly.Server.OpenApi;

/// <summary>What a parameter means: the same name means the same everywhere. An endpoint that means something else says so with a Description attribute.</summary>
internal static class ParameterWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pool"] = "Name of a pool.",
        ["machine"] = "Name of a machine.",
        ["host"] = "Name of a host.",
        ["user"] = "Name of a user.",
        ["group"] = "Name of a group.",
        ["session"] = "Id of a session.",
        ["id"] = "Id of the thing.",
        ["name"] = "Name of the thing.",
        ["version"] = "Version of an image or package.",
        ["app"] = "Name of an application.",
        ["config"] = "Name of a Flex config.",
        ["program"] = "File name of a program's desktop entry.",
        ["open"] = "True for those that have not ended, false for the others.",
        ["withdraw"] = "True to take back what it gave and no other gives.",
        ["withoutVolume"] = "True to open it without the caller's writable volume.",
        ["provider"] = "Name of an OpenID Connect provider.",
        ["directory"] = "Name of a directory.",
        ["code"] = "What the provider gave the browser for Mayfly.",
        ["iss"] = "Who the provider says it is.",
        ["error"] = "Why the provider signed nobody in.",
        ["error_description"] = "The same in words.",
        ["state"] = "Those in this state.",
        ["level"] = "Those of this level: info, warning or error.",
        ["kind"] = "Those of this kind, or of the kinds that begin with it and a dot.",
        ["search"] = "Those that contain this text.",
        ["after"] = "What follows this: the `next` of the part before, or the number of the last event seen.",
        ["before"] = "What came before the event of this number.",
        ["limit"] = "Most to return, 1 to 10,000.",
        ["from"] = "Not before this time.",
        ["to"] = "Before this time.",
        ["minutes"] = "How many minutes back, 1 to 1,440.",
        ["force"] = "True to do it although something is in use.",
        ["Mayfly-Code"] = "A code of the second factor.",
    };

    /// <summary>The words for a name, or null.</summary>
    public static string? Of(string? name) => name is not null && Words.TryGetValue(name, out var words) ? words : null;
}
