import type { MachineView } from '../api/types';

/** A machine for tests, ready and lent to nobody. */
export const aMachine = (name: string, part: Partial<MachineView> = {}): MachineView => ({
  name, id: name, pool: 'xfce', state: 'Available', operation: null, image: 'xfce', version: '1', user: null, owner: null, address: null, mac: null,
  host: null, processId: null, createdAt: '2026-01-01T00:00:00Z', refreshedAt: null, timeline: null, trace: [], fault: null, ...part,
});
