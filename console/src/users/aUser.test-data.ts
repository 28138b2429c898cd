import type { UserView } from '../api/types';

/** A user for tests: local, enabled, of no group. */
export const aUser = (name: string, part: Partial<UserView> = {}): UserView =>
  ({ name, displayName: name, administrator: false, source: 'local', enabled: true, secondFactor: false, groups: [], lastSignInAt: null, lockedUntil: null, ...part });
