import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import type { GrantRoleRequest, Permission, Role, RoleGrantView } from '../api/types';

const key = ['roles'];

export const useRoles = () => useQuery({ queryKey: key, queryFn: ({ signal }) => call<RoleGrantView[]>('GET', '/roles', { signal }) });

export function useGrantRole(): UseMutationResult<RoleGrantView, Error, GrantRoleRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: GrantRoleRequest) => call<RoleGrantView>('POST', '/roles', { body }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'roles' || queryKey[0] === 'users' || queryKey[0] === 'me' }),
  });
}

export const roles: readonly { role: Role; title: string; text: string }[] = [
  { role: 'Administrator', title: 'Administrator', text: 'May do everything' },
  { role: 'ReadOnlyAdministrator', title: 'Read-only administrator', text: 'Sees what an administrator sees, and changes nothing' },
  { role: 'HelpDesk', title: 'Help desk', text: 'Sees sessions and machines of users, sends messages, logs off, resets, restores their volumes and settings' },
  { role: 'ImageManager', title: 'Image manager', text: 'Builds and publishes images, pushes them to pools, makes and assigns applications' },
];

export const roleTitle = (role: Role): string => roles.find((known) => known.role === role)?.title ?? role;

const seeing: readonly Permission[] = ['ViewHouse', 'ViewPools', 'ViewMachines', 'ViewSessions', 'ViewImages', 'ViewApps', 'ViewVolumes', 'ViewPersonas', 'ViewUsers', 'ViewEvents'];

/** The same table as the server's, for people to read; the server alone decides. */
const given: Record<Exclude<Role, 'Administrator'>, readonly Permission[]> = {
  ReadOnlyAdministrator: seeing,
  HelpDesk: ['ViewPools', 'ViewMachines', 'OperateMachines', 'WatchMachines', 'ViewSessions', 'OperateSessions', 'ViewApps', 'ViewVolumes', 'ManageVolumes', 'ViewPersonas', 'ManagePersonas', 'ViewUsers', 'SupportUsers', 'ViewEvents'],
  ImageManager: ['ViewHouse', 'ViewPools', 'PushImages', 'ViewImages', 'ManageImages', 'ViewApps', 'ManageApps', 'ViewPersonas', 'ManageFlexConfigs'],
};

export const roleGives = (role: Role, permission: Permission): boolean => role === 'Administrator' || given[role].includes(permission);

/** Each permission in words, and whether it can be limited to a pool. */
const words: Record<Permission, { text: string; ofPools: boolean }> = {
  ViewPools: { text: 'See pools and who may use them', ofPools: true },
  ManagePools: { text: 'Make, change, fill and delete pools; say who may use them', ofPools: true },
  PushImages: { text: 'Push images to pools, roll back, try on chosen machines', ofPools: true },
  ViewMachines: { text: 'See machines', ofPools: true },
  OperateMachines: { text: 'Reset, restart, recover, rebuild, hold back machines', ofPools: true },
  ManageMachines: { text: 'Delete machines, give them owners, run programs in them', ofPools: true },
  WatchMachines: { text: 'See the screen of any machine, which is always an event', ofPools: true },
  ViewSessions: { text: 'See sessions', ofPools: true },
  OperateSessions: { text: 'Send messages to sessions, disconnect them, log them off', ofPools: true },
  ViewEvents: { text: 'Read events', ofPools: true },
  ViewImages: { text: 'See golden images', ofPools: false },
  ManageImages: { text: 'Build, import, publish and unpublish golden images', ofPools: false },
  ViewApps: { text: 'See applications, their packages and who gets them', ofPools: false },
  ManageApps: { text: 'Capture, import and assign applications', ofPools: false },
  ViewVolumes: { text: 'See writable volumes of users', ofPools: false },
  ManageVolumes: { text: 'Restore, grow, disable, move and remove writable volumes', ofPools: false },
  ViewPersonas: { text: 'See which settings follow users, and what is kept of them', ofPools: false },
  ManagePersonas: { text: 'Restore, reset and delete what is kept of the settings of users', ofPools: false },
  ManageFlexConfigs: { text: 'Say which settings follow users', ofPools: false },
  ViewUsers: { text: 'See users and groups', ofPools: true },
  SupportUsers: { text: 'Unlock users, and end their sign-ins', ofPools: false },
  ManageUsers: { text: 'Add, change and remove users, groups, roles and tokens', ofPools: false },
  ViewHouse: { text: 'See hosts, their usage, and the settings', ofPools: false },
  ManageHouse: { text: 'Change the settings and directories', ofPools: false },
};

export const permissions = (Object.keys(words) as Permission[]).map((permission) => ({ permission, ...words[permission] }));
