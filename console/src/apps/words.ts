import type { AppAssignmentView, AppView, PackageDelivery, PackageStage } from '../api/types';
import type { Choice } from '../layout/fields';

/** A label of 1 to 63 of a-z, 0-9 and '-'. */
export const isAppName = (name: string): boolean => /^[a-z0-9-]{1,63}$/.test(name);

export const isVersion = (version: string): boolean => /^[A-Za-z0-9.+~-]{1,63}$/.test(version);

/** Machines that have any of its packages attached now. */
export const machinesOf = ({ packages }: AppView): number => packages.reduce((sum, { machines }) => sum + machines, 0);

export const precedenceText = (precedence: number): string =>
  `Precedence ${precedence}: where two applications have the same file, that of the lower number wins.`;

export const assignmentRule =
  'Of several assignments that fit one person, a named version beats the current one, a user\'s beats a group\'s, a group\'s beats a pool\'s, and then the higher version wins.';

export const stages: readonly { stage: PackageStage; text: string }[] = [
  { stage: 'New', text: 'Just made' }, { stage: 'Tested', text: 'Tried by somebody' }, { stage: 'Published', text: 'For everybody it is assigned to' },
  { stage: 'Retired', text: 'Not attached any more; machines that have it keep it until log-off' },
];

export const deliveries: readonly Choice<PackageDelivery>[] = [
  { value: 'Logon', label: 'At logon: it is there when the desktop opens' },
  { value: 'Demand', label: 'On demand: when they first start it, so that logon is faster' },
  { value: 'Provision', label: 'With the machine: when a machine of the pool is made, so that logon is free' },
];

const deliveryWords: Record<PackageDelivery, string> = { Logon: 'at logon', Demand: 'on demand', Provision: 'with the machine' };

export const describeDelivery = (delivery: PackageDelivery): string => deliveryWords[delivery];

export const holderOf = ({ user, group, pool }: AppAssignmentView): { kind: 'user' | 'group' | 'pool'; name: string } =>
  user !== null ? { kind: 'user', name: user } : group !== null ? { kind: 'group', name: group } : { kind: 'pool', name: pool ?? '' };

/** Which version an assignment gives. */
export function describeVersion({ version }: AppAssignmentView, { current }: Pick<AppView, 'current'>): string {
  if (version !== null) return version;
  return current === null ? 'the current one: none yet' : `the current one, now ${current}`;
}

/** Names, the first few of them: "A, B and 3 more". */
export function someOf(names: readonly string[], most = 3): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
