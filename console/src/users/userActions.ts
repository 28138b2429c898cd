import { call } from '../api/http';
import type { Permission, UserView } from '../api/types';
import { userPath } from './users';

export type UserActionId = 'enable' | 'disable' | 'unlock' | 'sign-out' | 'second-factor' | 'remove';

/** Something that can be done to a user, or to many one after the other. */
export interface UserAction {
  id: UserActionId; title: string; permission: Permission;
  /** What becomes of them, as a sentence. */
  effect: string;
  danger: boolean; request: (name: string) => Promise<unknown>; fits: (user: UserView, now: Date) => boolean;
}

export const isLocked = ({ lockedUntil }: UserView, now: Date): boolean => lockedUntil !== null && Date.parse(lockedUntil) > now.getTime();

export const userActions: readonly UserAction[] = [
  { id: 'enable', title: 'Enable', permission: 'ManageUsers', effect: 'They may sign in again.', danger: false, request: (name) => call('PUT', userPath(name), { body: { enabled: true } }), fits: ({ enabled }) => !enabled },
  { id: 'disable', title: 'Disable', permission: 'ManageUsers', effect: 'They are signed out at once, their displays are closed, and they may not sign in. Their desktops stay.', danger: true, request: (name) => call('PUT', userPath(name), { body: { enabled: false } }), fits: ({ enabled }) => enabled },
  { id: 'unlock', title: 'Unlock', permission: 'SupportUsers', effect: 'Their sign-in, paused after wrong passwords, is free again.', danger: false, request: (name) => call('DELETE', userPath(name, '/lock')), fits: isLocked },
  { id: 'sign-out', title: 'Sign out everywhere', permission: 'SupportUsers', effect: 'All their sign-ins end and their displays are closed; their desktops go on.', danger: true, request: (name) => call('DELETE', userPath(name, '/sign-ins')), fits: () => true },
  { id: 'second-factor', title: 'Remove second factor', permission: 'ManageUsers', effect: 'No code is asked of them until they set one up again. Make sure that it is they who ask for it.', danger: true, request: (name) => call('DELETE', userPath(name, '/second-factor')), fits: ({ secondFactor }) => secondFactor },
  { id: 'remove', title: 'Remove', permission: 'ManageUsers', effect: 'They are removed with their roles, entitlements and tokens. One who has a machine is refused: log them off, and unassign their machines first.', danger: true, request: (name) => call('DELETE', userPath(name)), fits: () => true },
];
