import type { MeView } from '../api/types';

export const aMe: MeView = { name: 'demo', displayName: 'Demo User', source: 'local', permissions: [], secondFactor: false, secondFactorDue: false };
