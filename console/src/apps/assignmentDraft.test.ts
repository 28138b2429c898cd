import { describe, expect, it } from 'vitest';
import { emptyAssignment, toAssignRequest } from './assignmentDraft';

describe('toAssignRequest', () => {
  it('names exactly one holder', () => {
    expect(toAssignRequest({ ...emptyAssignment, name: 'staff' })).toEqual({ group: 'staff', version: null, delivery: 'Logon' });
    expect(toAssignRequest({ kind: 'pool', name: 'xfce', version: '2', delivery: 'Provision' })).toEqual({ pool: 'xfce', version: '2', delivery: 'Provision' });
  });
});
