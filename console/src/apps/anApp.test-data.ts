import type { AppAssignmentView, AppView, PackageView } from '../api/types';

export const aPackage = (version: string, part: Partial<PackageView> = {}): PackageView => ({
  id: version, app: 'gimp', version, stage: 'Published', os: 'debian-13', bytes: 1024, contentBytes: 4096, sha256: '', programs: [], privilegedFiles: [],
  createdAt: '2026-01-01T00:00:00Z', createdBy: 'ada', base: null, machines: 0, ...part,
});

export const anAssignment = (part: Partial<AppAssignmentView>): AppAssignmentView => ({ id: 'a', app: 'gimp', version: null, user: null, group: null, pool: null, delivery: 'Logon', ...part });

export const anApp = (part: Partial<AppView> = {}): AppView => ({ name: 'gimp', displayName: 'GIMP', description: '', precedence: 500, current: null, packages: [], assignments: [], ...part });
