import type { AssignAppRequest, PackageDelivery } from '../api/types';

/** What the dialog of an assignment holds; an empty version is the current one. */
export interface AssignmentDraft { kind: 'user' | 'group' | 'pool'; name: string; version: string; delivery: PackageDelivery }

export const emptyAssignment: AssignmentDraft = { kind: 'group', name: '', version: '', delivery: 'Logon' };

export const toAssignRequest = ({ kind, name, version, delivery }: AssignmentDraft): AssignAppRequest =>
  ({ [kind]: name.trim(), version: version === '' ? null : version, delivery });
