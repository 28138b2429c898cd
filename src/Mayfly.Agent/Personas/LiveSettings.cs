using Mayfly.Agent.Xfconf;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>Has the settings of the running desktop written to the home, or set from there, by a program of the desktop's account.</summary>
internal sealed class LiveSettings(AccountPrograms programs)
{
    /// <summary>Runs the program, unless there is nothing for it to do; a guest without a person has no desktop either.</summary>
    /// <param name="verb">What it is told, of <see cref="SettingsProgram"/>.</param>
    /// <param name="parts">What to write or to set.</param>
    /// <param name="done">Gets what went wrong, of each part.</param>
    internal void Run(string verb, IEnumerable<PersonaSettings> parts, Action<IEnumerable<PersonaProblem>> done)
    {
        var having = parts.Where(part => part.Xfconf.Count > 0 || part.Dconf is { Count: > 0 }).ToList();
        if (having.Count == 0 || !programs.Account.IsPerson)
        {
            done([]);
            return;
        }
        IReadOnlyList<string> command =
            [Environment.ProcessPath!, SettingsProgram.Argument, verb, programs.Account.RuntimeFolder, programs.Account.Home, .. having.SelectMany(part => part.Xfconf.Concat(part.Dconf ?? [])).Distinct()];
        // When dconf alone fails, or is not there, all else is whole.
        programs.Run(command, default, SettingsProgram.WithoutDconf, (failure, words) => done(
            having.Where(part => failure is not null || (words.Length > 0 && part.Dconf is { Count: > 0 })).Select(part => new PersonaProblem(part.Name, failure ?? words))));
    }
}
