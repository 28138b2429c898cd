import type { Fault, SessionView } from '../api/types';

/** Something a session should have and has not: its name for people, and why. */
export interface Missing { name: string; fault: Fault }

export const ownDisk = 'their own disk';

/** Settings that could not be brought: all of them for one reason, or some programs'. */
export const missingSettings = (persona: SessionView['persona']): Missing[] => persona === null ? [] : [
  ...(persona.fault === null ? [] : [{ name: 'settings', fault: persona.fault }]),
  ...persona.parts.flatMap(({ config, fault }) => fault === null ? [] : [{ name: `settings of ${config}`, fault }]),
];

/** What could not be attached to a session; a user's own disk is called as told. */
export const missingOf = ({ apps, volumeFault, persona, environment }: Pick<SessionView, 'apps' | 'volumeFault' | 'persona' | 'environment'>, disk = ownDisk): Missing[] => [
  ...missingSettings(persona),
  ...(volumeFault === null ? [] : [{ name: disk, fault: volumeFault }]),
  ...apps.flatMap(({ displayName, attached, fault }) => attached || fault === null ? [] : [{ name: displayName, fault }]),
  ...(environment?.problems ?? []),
];

/** What a session has besides its machine: "2 apps, disk", or nothing. */
export function describeAttached({ apps, volume }: Pick<SessionView, 'apps' | 'volume'>): string {
  const count = apps.filter(({ attached }) => attached).length;
  return [...(count === 0 ? [] : [count === 1 ? '1 app' : `${count} apps`]), ...(volume === null ? [] : ['disk'])].join(', ');
}

/** The same with what it has not: "1 app, disk, 1 missing". */
export function describeAll(session: Pick<SessionView, 'apps' | 'volume' | 'volumeFault' | 'persona' | 'environment'>): string {
  const missing = missingOf(session).length;
  const parts = [describeAttached(session), ...(missing === 0 ? [] : [`${missing} missing`])].filter((part) => part !== '');
  return parts.length === 0 && session.apps.length > 0 ? 'on demand' : parts.join(', ');
}

/** Names as people say them: "A", "A and B", "A, B and C". */
export const listOf = (names: readonly string[]): string => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
