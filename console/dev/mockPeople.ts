import type { MeView, Permission, UserView } from '../src/api/types';
import { ago } from './mockTime.ts';

const all: Permission[] = [
  'ViewHouse', 'ManageHouse', 'ViewPools', 'ManagePools', 'PushImages', 'ViewMachines', 'OperateMachines', 'ManageMachines', 'WatchMachines',
  'ViewSessions', 'OperateSessions', 'ViewImages', 'ManageImages', 'ViewApps', 'ManageApps', 'ViewVolumes', 'ManageVolumes', 'ViewPersonas', 'ManagePersonas', 'ManageFlexConfigs', 'ViewUsers', 'SupportUsers', 'ManageUsers', 'ViewEvents',
];

export const me: MeView = {
  name: 'admin', displayName: 'Ada Admin', source: 'local', permissions: all.map((permission) => ({ permission, pools: null })), secondFactor: false, secondFactorDue: false,
};

const user: UserView = {
  name: 'admin', displayName: 'Ada Admin', administrator: true, source: 'local', enabled: true, secondFactor: false, groups: [], lastSignInAt: ago(50), lockedUntil: null,
};

export const users: UserView[] = [user, { ...user, name: 'demo', displayName: 'Demo User', administrator: false, groups: ['staff'] }];
