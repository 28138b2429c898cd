import type { HostView } from '../api/types';

/** A host for tests, online and empty. */
export const aHost = (name: string, part: Partial<HostView> = {}): HostView => ({
  name, own: false, address: `https://${name}:8008/`, state: 'Online', maintenance: false, memoryBytes: 8 * 2 ** 30, availableBytes: 2 * 2 ** 30, machines: 0, inUse: 0, fault: null, ...part,
});
