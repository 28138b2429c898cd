import type { HostUsageView } from '../api/types';

export interface MemoryPart { kind: 'shared' | 'private' | 'other' | 'available'; label: string; bytes: number; percent: number }

/** What the hosts' memory goes to; the parts add up to all of it. */
export function memoryParts({ memoryBytes, availableBytes, sharedBytes, privateBytes }: HostUsageView): MemoryPart[] {
  // Counted at different moments by the kernel, the numbers can disagree by a little.
  const other = Math.max(0, memoryBytes - availableBytes - sharedBytes - privateBytes);
  const whole = sharedBytes + privateBytes + other + availableBytes;
  const part = (kind: MemoryPart['kind'], label: string, bytes: number): MemoryPart => ({ kind, label, bytes, percent: whole === 0 ? 0 : (100 * bytes) / whole });
  return [
    part('shared', 'Shared by clones', sharedBytes), part('private', 'Machines alone', privateBytes),
    part('other', 'Everything else', other), part('available', 'Available', availableBytes),
  ];
}
