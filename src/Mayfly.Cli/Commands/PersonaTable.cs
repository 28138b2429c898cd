using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How users' settings and Flex configs are shown.</summary>
internal static class PersonaTable
{
    public static Table Of(IEnumerable<PersonaView> personas) => TextTable.Of(
        ["user", "parts", "size", "on disk", "held", "saved", "open on"],
        personas.Select(IReadOnlyList<string?> (persona) =>
        [
            persona.User, Words.Number(persona.Parts), Words.Bytes(persona.Bytes), Words.Bytes(persona.StoredBytes), Words.Number(persona.Held), Words.When(persona.SavedAt), persona.Machine,
        ]));

    public static Table Of(PersonaDetails details) => TextTable.Of(
        ["flex config", "version", "state", "saved", "on", "size", "on disk"],
        details.Parts.SelectMany(part => part.Versions.Select(IReadOnlyList<string?> (version) =>
        [
            part.Config, version.Id, Words.Kebab(version.State), Words.When(version.SavedAt), version.Machine, Words.Bytes(version.Bytes), Words.Bytes(version.StoredBytes),
        ])));

    public static Table Of(IEnumerable<PredefinedView> predefined) => TextTable.Of(
        ["id", "flex config", "group", "pool", "environment", "enforced", "made of", "saved", "size"],
        predefined.Select(IReadOnlyList<string?> (view) =>
        [
            view.Id, view.Config, view.Group ?? "any", view.Pool ?? "any", view.Environment ?? "any", view.Enforced ? "yes" : "no", view.From, Words.When(view.SavedAt), Words.Bytes(view.Bytes),
        ]));

    public static Table Of(IEnumerable<EnvironmentView> environments) => TextTable.Of(
        ["environment", "shown as", "enabled"],
        environments.Select(IReadOnlyList<string?> (view) => [view.Name, view.DisplayName, view.Enabled ? "yes" : "no"]));

    public static Table Of(IEnumerable<FlexConfigView> configs) => TextTable.Of(
        ["flex config", "shown as", "origin", "enabled", "brought"],
        configs.Select(IReadOnlyList<string?> (config) => [config.Name, config.DisplayName, Words.Kebab(config.Origin), config.Enabled ? "yes" : "no", config.Programs.Count > 0 ? "when it starts" : "at logon"]));
}
