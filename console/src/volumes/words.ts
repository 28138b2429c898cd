import type { VolumeKind, VolumeView } from '../api/types';
import type { Choice } from '../layout/fields';
import { formatBytes } from '../layout/format';

export const volumeKinds: readonly Choice<VolumeKind>[] = [
  { value: 'Apps', label: 'Installed programs: what they write below /usr and /opt' },
  { value: 'Profile', label: 'Their home: settings and files' },
  { value: 'AppsAndProfile', label: 'Both: installed programs and their home' },
];

const kept: Record<VolumeKind, string> = { Apps: 'programs', Profile: 'home', AppsAndProfile: 'home and programs' };

export const describeKept = (kind: VolumeKind): string => kept[kind];

export const formatMib = (mib: number): string => formatBytes(mib * 1024 * 1024);

/** How a volume is called: "ann's volume for debian-13". */
export const volumeName = ({ user, os }: Pick<VolumeView, 'user' | 'os'>): string => `${user}, ${os}`;

/** Where a volume is: on a machine of a pool, or nowhere. */
export const describePlace = ({ machine, pool }: Pick<VolumeView, 'machine' | 'pool'>): string => machine === null ? '' : pool === null ? machine : `${machine} of ${pool}`;

/** Restoring, growing, moving and removing take a volume that no machine has. */
export const isFree = ({ state }: Pick<VolumeView, 'state'>): boolean => state !== 'Attached';
