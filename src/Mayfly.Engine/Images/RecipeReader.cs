using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Mayfly.Engine.Images;

/// <summary>Reads and checks recipes. All that is wrong with one is said at once.</summary>
internal static partial class RecipeReader
{
    private const long MaxFileBytes = 64 * 1024;

    private static readonly IDeserializer s_yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>Reads the recipe of a name. Faults: NotFound, RecipeInvalid.</summary>
    public static Outcome<Recipe> Read(string recipesDirectory, string name)
    {
        var directory = Path.GetFullPath(Path.Combine(recipesDirectory, name));
        var path = Path.Combine(directory, Recipe.FileName);
        if (!ImageName.IsValid(name) || !File.Exists(path))
            return new Fault(ErrorCode.NotFound, $"There is no recipe '{name}'.", Remedy: $"Recipes here: {string.Join(", ", Names(recipesDirectory))}.");
        if (new FileInfo(path).Length > MaxFileBytes)
            return Invalid(name, [$"the file is larger than {MaxFileBytes} bytes"]);
        try
        {
            return Check(name, directory, s_yaml.Deserialize<RecipeFile?>(File.ReadAllText(path)) ?? new RecipeFile());
        }
        catch (YamlException failure)
        {
            var reason = failure.InnerException?.Message ?? failure.Message;
            return Invalid(name, [$"line {failure.Start.Line}, column {failure.Start.Column}: {reason}"]);
        }
    }

    /// <summary>Names of the recipes in a directory, in order.</summary>
    public static IReadOnlyList<string> Names(string recipesDirectory) => !Directory.Exists(recipesDirectory)
        ? []
        : [.. Directory.EnumerateDirectories(recipesDirectory)
            .Where(directory => File.Exists(Path.Combine(directory, Recipe.FileName)))
            .Select(directory => Path.GetFileName(directory))
            .Order(StringComparer.Ordinal)];

    private static Outcome<Recipe> Check(string name, string directory, RecipeFile file)
    {
        var errors = RecipeChecks.Run(file).ToList();
        if (errors.Count > 0)
            return Invalid(name, errors);
        return new Recipe(
            name,
            directory,
            file.Suite!,
            Enum.Parse<RecipeKind>(file.Kind!, ignoreCase: true),
            file.Kernel!,
            [.. file.Modules!.Select(module => module!)],
            [.. (file.Packages ?? []).Select(package => package!)],
            new ImageHardware(file.Hardware!.MemoryMib, file.Hardware.Cpus, file.Hardware.VideoMemoryMib, file.Hardware.Sound),
            file.Disk!.SizeMib,
            Blanks().Replace(file.CommandLine!.Trim(), " "),
            new SettleRequest(file.Settle!.QuietSeconds, file.Settle.BusyPercent, file.Settle.TimeoutSeconds));
    }

    private static Fault Invalid(string name, IReadOnlyList<string> errors) => new(
        ErrorCode.RecipeInvalid,
        $"The recipe '{name}' cannot be used.",
        $"{string.Join("; ", errors)}.",
        $"Correct its {Recipe.FileName}.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
