using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Mayfly.Cli.Commands;
using Mayfly.Cli.Completion;

namespace Mayfly.Cli;

/// <summary>The whole command line: every verb, and what happens to one invocation.</summary>
public static class CliApplication
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Arguments, the program's name not among them.</param>
    /// <param name="environment">Where it runs.</param>
    /// <param name="cancellationToken">Interrupts it, as Ctrl+C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>, or the status of a guest program.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, CliEnvironment environment, CancellationToken cancellationToken = default)
    {
        var root = BuildRoot(environment);
        var parsed = root.Parse(arguments);
        if (parsed.Action is null or ParseErrorAction && parsed.CommandResult.Command is { Action: null } group && group.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            await root.Parse([.. arguments, "--help"]).InvokeAsync(new InvocationConfiguration { Output = environment.Error }, cancellationToken);
            return ExitCodes.Usage;
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await environment.Error.WriteLineAsync(error.Message);
            await environment.Error.WriteLineAsync("Ask for help with --help. [InvalidRequest]");
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration { Output = environment.Out, Error = environment.Error };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static RootCommand BuildRoot(CliEnvironment environment)
    {
        var root = new RootCommand("Mayfly: instant-clone desktops. Talks to the local mayflyd, or to the one MAYFLY_URL and MAYFLY_TOKEN name.")
        {
            CommonOptions.Output,
        };
        foreach (var verb in (Command[])[.. Machinery(environment), .. People(environment), .. House(environment)])
            root.Subcommands.Add(verb);
        // Nothing but noise among what a shell offers.
        foreach (var alias in (string[])["-?", "/?", "/h"])
            root.Options.OfType<HelpOption>().Single().Aliases.Remove(alias);
        new NameCompletions(environment).AddTo(root);
        return root;
    }

    private static IEnumerable<Command> Machinery(CliEnvironment environment) =>
    [
        Group("image", "Golden images and warm images.",
            new ImageListCommand(environment), new ImageBuildCommand(environment), new ImageImportCommand(environment),
            new ImagePublishCommand(environment), new ImageUnpublishCommand(environment)),
        Group("pool", "Pools of machines.",
            new PoolListCommand(environment), new PoolCreateCommand(environment), new PoolShowCommand(environment),
            new PoolSetCommand(environment), new PoolEnableCommand(environment), new PoolDisableCommand(environment),
            Group("push", "Move a pool to another image version.",
                new PushStartCommand(environment), new PushStatusCommand(environment), new PushPauseCommand(environment),
                new PushResumeCommand(environment), new PushCancelCommand(environment), new PushListCommand(environment)),
            new PoolRollbackCommand(environment),
            Group("canary", "Try a second image version on chosen machines.",
                new CanarySetCommand(environment), new CanaryPromoteCommand(environment), new CanaryCancelCommand(environment)),
            new PoolDeleteCommand(environment)),
        Group("machine", "Machines: desktops made from images.",
            new MachineListCommand(environment), new MachineShowCommand(environment), new MachineForkCommand(environment),
            new MachineExecCommand(environment), new MachineResetCommand(environment), new MachineRestartCommand(environment),
            new MachineRecoverCommand(environment), new MachineRebuildCommand(environment), new MachinePublishCommand(environment),
            Group("maintenance", "Hold machines back from being lent.",
                new MaintenanceOnCommand(environment), new MaintenanceOffCommand(environment)),
            new MachineAssignCommand(environment), new MachineUnassignCommand(environment), new MachineDeleteCommand(environment)),
        Group("session", "Users' use of machines.",
            new SessionListCommand(environment), new SessionShowCommand(environment), new SessionMessageCommand(environment),
            new SessionAttachCommand(environment), new SessionDisconnectCommand(environment), new SessionLogoffCommand(environment)),
        Group("app", "Applications, their packages, and who gets them.",
            new AppListCommand(environment), new AppShowCommand(environment), new AppCreateCommand(environment), new AppChangeCommand(environment),
            new AppCaptureCommand(environment), new AppImportCommand(environment), new AppExportCommand(environment), new AppCurrentCommand(environment),
            new AppStageCommand(environment), new AppAssignCommand(environment), new AppUnassignCommand(environment),
            new AppRemovePackageCommand(environment), new AppDeleteCommand(environment)),
        Group("capture", "Packages in the making.",
            new CaptureListCommand(environment), new CaptureShowCommand(environment), new CaptureFinishCommand(environment), new CaptureCancelCommand(environment)),
        Group("volume", "Users' writable volumes.",
            new VolumeListCommand(environment), new VolumeShowCommand(environment), new VolumeGrowCommand(environment), new VolumeSnapshotCommand(environment),
            new VolumeRestoreCommand(environment), new VolumeMoveCommand(environment), new VolumeEnableCommand(environment), new VolumeDisableCommand(environment),
            new VolumeExportCommand(environment), new VolumeImportCommand(environment), new VolumeDeleteCommand(environment)),
        Group("persona", "Settings of users, which follow them from one desktop to the next.",
            new PersonaListCommand(environment), new PersonaShowCommand(environment), new PersonaRestoreCommand(environment), new PersonaResetCommand(environment),
            new PersonaRemoveCommand(environment)),
        Group("predefined", "Settings that users begin with, or get in any case.",
            new PredefinedListCommand(environment), new PredefinedAddCommand(environment), new PredefinedRemoveCommand(environment)),
        Group("workspace", "What people get, said in one: desktops, applications, settings.",
            new WorkspaceListCommand(environment), new WorkspaceShowCommand(environment), new WorkspaceSetCommand(environment), new WorkspaceRepairCommand(environment),
            new WorkspaceRemoveCommand(environment)),
        Group("flex-config", "What belongs to which application, so that it is kept and taken back by itself.",
            new FlexConfigListCommand(environment), new FlexConfigShowCommand(environment), new FlexConfigImportCommand(environment), new FlexConfigRemoveCommand(environment),
            new FlexConfigRecordCommand(environment), new FlexConfigProposeCommand(environment)),
        Group("environment", "What desktops have beside settings: drives, variables, shortcuts, printers, tasks.",
            new EnvironmentListCommand(environment), new EnvironmentShowCommand(environment), new EnvironmentImportCommand(environment), new EnvironmentRemoveCommand(environment)),
    ];

    private static IEnumerable<Command> People(CliEnvironment environment) =>
    [
        Group("user", "Users.",
            new UserListCommand(environment), new UserShowCommand(environment), new UserAddCommand(environment), new UserSetCommand(environment),
            new UserEnableCommand(environment), new UserDisableCommand(environment), new UserPasswordCommand(environment),
            Group("second-factor", "What is asked for at sign-in besides the password.", new SecondFactorRemoveCommand(environment)),
            new UserUnlockCommand(environment), new UserSignOutCommand(environment), new UserTokenCommand(environment), new UserRemoveCommand(environment)),
        Group("person", "What the help desk sees of a person.", new PersonShowCommand(environment)),
        Group("group", "Groups of users.",
            new GroupListCommand(environment), new GroupAddCommand(environment), new GroupRemoveCommand(environment),
            new GroupMembersCommand(environment), new GroupAddMemberCommand(environment), new GroupRemoveMemberCommand(environment)),
        Group("role", "What users and groups may do.",
            new RoleListCommand(environment), new RoleGrantCommand(environment), new RoleRevokeCommand(environment)),
        Group("entitlement", "Who may use which pool.",
            new EntitlementListCommand(environment), new EntitlementAddCommand(environment), new EntitlementRemoveCommand(environment)),
        Group("token", "API tokens.",
            new TokenListCommand(environment), new TokenMakeCommand(environment), new TokenRevokeCommand(environment)),
    ];

    private static IEnumerable<Command> House(CliEnvironment environment) =>
    [
        Group("event", "What happened.", new EventListCommand(environment), new EventExportCommand(environment)),
        Group("settings", "Settings of the house.", new SettingsShowCommand(environment), new SettingsSetCommand(environment)),
        Group("directory", "Directories people sign in with: LDAP and OpenID Connect.",
            new DirectoryListCommand(environment), new DirectoryShowCommand(environment), new DirectorySetLdapCommand(environment),
            new DirectorySetOpenIdCommand(environment), new DirectoryRemoveCommand(environment), new DirectoryTestCommand(environment)),
        Group("host", "The computers that run the machines.",
            new HostListCommand(environment), new HostAddCommand(environment), HostDutyCommand.Drain(environment), HostDutyCommand.Resume(environment),
            new HostRemoveCommand(environment), new HostAuthorityCommand(environment), new HostUsageCommand(environment)),
        new BackupCommand(environment),
        new DoctorCommand(environment),
        new DemoCommand(environment),
        new CompletionCommand(environment),
    ];

    private static Command Group(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
            group.Subcommands.Add(verb);
        return group;
    }
}
