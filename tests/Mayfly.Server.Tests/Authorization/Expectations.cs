using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests.Authorization;

/// <summary>What each operation of the OpenAPI document shall take, written down a second time: changing a right takes changing it here too.</summary>
internal static class Expectations
{
    /// <summary>Open to everybody.</summary>
    public static readonly IReadOnlySet<string> Anybody = new HashSet<string> { "Login", "Health", "ListSignInWays", "BeginSignIn", "CompleteSignIn" };

    /// <summary>Open to every user; what they reach by it is their own.</summary>
    public static readonly IReadOnlySet<string> Users = new HashSet<string>
    {
        "Logout", "Me", "ChangeMyPassword", "BeginSecondFactor", "ConfirmSecondFactor", "RemoveMySecondFactor", "ListMySignIns", "EndMySignIn",
        "ListMyTokens", "RevokeMyToken", "MakeToken", "ListDesktops", "WatchDesktops", "OpenDesktop", "MakeSessionDisplayTicket", "LogOff", "OpenDisplay", "OpenSound", "SetScreenSize",
        "GetSessionThumbnail", "MakeViewerFile", "GetSession", "DisconnectSession", "PutMessageAway", "TellFirstFrame", "ListMySessions", "WatchOpening", "ResetDesktop", "AttachApp",
        "GetMyPersona", "RestoreMyPersona", "ResetMyPersona",
    };

    /// <summary>Lists that answer for the pools a caller may see, and what answers alike for a foreign session and for none.</summary>
    public static readonly IReadOnlySet<string> Scoped = new HashSet<string> { "ListPools", "ListMachines", "ListSessions", "ListEvents", "ExportEvents", "WatchChanges", "SendMessage", "ListUsers", "GetUser", "GetPerson" };

    /// <summary>What all others take.</summary>
    public static readonly IReadOnlyDictionary<string, Permission> Permissions = new Dictionary<Permission, string[]>
    {
        [Permission.ViewHouse] = ["ListHosts", "ExamineHost", "GetAuthority", "Doctor", "HostUsage", "GetSettings", "ListDirectories", "GetMetricHistory"],
        [Permission.ManageHouse] = ["AddHost", "ChangeHost", "RemoveHost", "ExchangeAuthority", "ChangeSettings", "SetDirectory", "RemoveDirectory", "TestDirectory", "Predefine", "RemovePredefined", "ListEnvironments", "SetEnvironment", "RemoveEnvironment", "BackUp"],
        [Permission.ViewPools] = ["ListPools", "GetPool", "GetPoolSettings", "WatchChanges", "ListEntitlements", "ListPushes", "WatchPush"],
        [Permission.ManagePools] =
            ["CreatePool", "ChangePool", "DeletePool", "ForkMachine", "AddEntitlement", "RemoveEntitlement", "AddGroupEntitlement", "RemoveGroupEntitlement"],
        [Permission.PushImages] = ["PushImage", "PausePush", "ResumePush", "CancelPush", "RollBack", "SetCanary", "CancelCanary", "PromoteCanary"],
        [Permission.ViewMachines] = ["ListMachines", "GetMachine", "GetMachineThumbnail"],
        [Permission.OperateMachines] = ["ResetMachine", "RestartMachine", "RecoverMachine", "RebuildMachine", "HoldMachine", "ReleaseMachine"],
        [Permission.ManageMachines] = ["ExecMachine", "DeleteMachine", "AssignMachine", "UnassignMachine", "BeginRecording", "GetRecording"],
        [Permission.WatchMachines] = ["MakeMachineDisplayTicket"],
        [Permission.ViewSessions] = ["ListSessions"],
        [Permission.OperateSessions] = ["SendMessage"],
        [Permission.ViewImages] = ["ListImages", "ListOperations", "GetOperation", "WatchOperation"],
        [Permission.ManageImages] = ["BuildImage", "ImportImage", "PublishImage", "UnpublishImage", "PublishMachine"],
        [Permission.ViewApps] = ["ListApps", "GetApp", "ListAppAssignments", "GetPackage", "GetProgramIcon", "ListCaptures", "GetCapture", "WatchCapture", "ListWorkspaces"],
        [Permission.ManageApps] =
        [
            "CreateApp", "ChangeApp", "RemoveApp", "SetCurrentPackage", "AssignApp", "UnassignApp", "ImportPackage", "RemovePackage", "SetPackageStage",
            "ExportPackage", "BeginCapture", "FinishCapture", "CancelCapture", "MakeCaptureDisplayTicket",
        ],
        [Permission.ViewVolumes] = ["ListVolumes", "GetVolume"],
        [Permission.ManageVolumes] =
            ["ImportVolume", "RemoveVolume", "GrowVolume", "SnapshotVolume", "RestoreVolume", "MoveVolume", "EnableVolume", "ExportVolume"],
        [Permission.ViewPersonas] = ["ListPersonas", "GetPersona", "ListFlexConfigs", "ListPredefined"],
        [Permission.ManagePersonas] = ["RestorePersona", "ResetPersona", "RemovePersona"],
        [Permission.ManageFlexConfigs] = ["SetFlexConfig", "RemoveFlexConfig"],
        [Permission.ViewUsers] = ["ListUsers", "GetUser", "ListGroups", "ListMembers", "ListRoles", "ListTokens", "GetPerson"],
        [Permission.SupportUsers] = ["UnlockUser", "SignOutUser"],
        [Permission.ManageUsers] =
        [
            "AddUser", "ChangeUser", "RemoveUser", "SetPassword", "RemoveSecondFactor", "AddGroup", "RemoveGroup", "AddMember", "RemoveMember",
            "GrantRole", "RevokeRole", "RevokeToken", "SetWorkspace", "RepairWorkspace", "RemoveWorkspace",
        ],
        [Permission.ViewEvents] = ["ListEvents", "ExportEvents"],
    }.SelectMany(entry => entry.Value.Select(operation => (operation, entry.Key))).ToDictionary(pair => pair.operation, pair => pair.Key);
}
