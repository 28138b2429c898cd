import { Spinner } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { MachineView } from '../api/types';
import { formatDateTime, formatMilliseconds, formatSince } from '../layout/format';
import { StateLabel } from '../layout/StateLabel';
import { lookOf } from '../layout/states';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import { hostPath, ownHost } from '../hosts/words';
import { useRights } from '../login/useRights';
import { isWatchable } from './machineActions';

export const consoleOf = (name: string): string => `/machines/${encodeURIComponent(name)}/console`;

const hostOf = ({ host }: MachineView): string => host ?? ownHost;

/** The columns of machines; `mayWatch` says whose screens the reader may see. */
export function machineColumns(mayWatch: (pool: string) => boolean): Column<MachineView>[] {
  return [
    { key: 'name', title: 'Name', sort: ({ name }) => name, cell: (machine) => <MachineName machine={machine} linked={mayWatch(machine.pool)} /> },
    { key: 'state', title: 'State', wrap: true, sort: ({ state }) => lookOf(state).text, cell: (machine) => <MachineState machine={machine} /> },
    { key: 'pool', title: 'Pool', sort: ({ pool }) => pool, cell: ({ pool }) => pool },
    { key: 'user', title: 'User', sort: ({ user, owner }) => user ?? owner, cell: (machine) => <MachineUser machine={machine} /> },
    { key: 'image', title: 'Image', sort: ({ image, version }) => `${image} ${version}`, cell: ({ image, version }) => <>{image} <code>{version}</code></> },
    { key: 'address', title: 'Address', sort: ({ address }) => address, cell: (machine) => <MachineAddress machine={machine} /> },
    { key: 'running', title: 'Running', number: true, sort: ({ timeline }) => timeline?.runningMs ?? null, cell: ({ timeline }) => timeline && formatMilliseconds(timeline.runningMs) },
    { key: 'ready', title: 'Ready', number: true, sort: ({ timeline }) => timeline?.readyMs ?? null, cell: ({ timeline }) => timeline && formatMilliseconds(timeline.readyMs) },
    { key: 'since', title: 'Since', sort: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <time dateTime={createdAt} title={formatDateTime(createdAt)}>{formatSince(createdAt, new Date())}</time> },
  ];
}

export const machineFilters = (machines: readonly MachineView[]): Filter<MachineView>[] => [
  { key: 'state', label: 'State', choices: choicesOf(machines, ({ state }) => state, (state) => lookOf(state).text), matches: ({ state }, value) => state === value },
  { key: 'pool', label: 'Pool', choices: choicesOf(machines, ({ pool }) => pool), matches: ({ pool }, value) => pool === value },
  // Where all are on one, nobody chooses.
  ...(new Set(machines.map(hostOf)).size > 1 ? [{ key: 'host', label: 'Host', choices: choicesOf(machines, hostOf), matches: (machine: MachineView, value: string) => hostOf(machine) === value }] : []),
  { key: 'version', label: 'Version', choices: choicesOf(machines, ({ version }) => version), matches: ({ version }, value) => version === value },
];

/** What a search of machines looks at. */
export const machineTexts = ({ name, pool, host, user, owner, state, address, mac }: MachineView) => [name, pool, host, user, owner, state, address, mac];

export function MachineName({ machine, linked }: { machine: MachineView; linked: boolean }) {
  const { name } = machine;
  return linked && isWatchable(machine) ? <Link to={consoleOf(name)} data-testid={`machine-console-${name}`}>{name}</Link> : <>{name}</>;
}

/** Its address, with the host it is on where that is not the server's own: each host has addresses of its own. */
export function MachineAddress({ machine: { name, address, host } }: { machine: MachineView }) {
  const { may } = useRights();
  return (
    <>
      {address}
      {host !== null && <p className="mayfly-subtle" data-testid={`machine-host-${name}`}>on {may('ViewHouse') ? <Link to={hostPath(host)}>{host}</Link> : host}</p>}
    </>
  );
}

export function MachineState({ machine: { name, state, operation, fault } }: { machine: MachineView }) {
  return (
    <>
      <StateLabel state={state} testId={`machine-state-${name}`} />
      {operation !== null && <p data-testid={`machine-operation-${name}`}><Spinner isInline aria-hidden="true" /> {operation}</p>}
      {fault && <p className="mayfly-subtle">{[fault.what, fault.why, fault.remedy].filter(Boolean).join(' ')} <span className="mayfly-code">{fault.code}</span></p>}
    </>
  );
}

export const MachineUser = ({ machine: { user, owner } }: { machine: MachineView }) => (
  <>
    {user ?? <span className="mayfly-subtle">nobody</span>}
    {owner !== null && <p className="mayfly-subtle">owner: {owner}</p>}
  </>
);
