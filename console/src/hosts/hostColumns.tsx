import { Link } from 'react-router';
import type { HostView } from '../api/types';
import { StateLabel } from '../layout/StateLabel';
import { lookOf } from '../layout/states';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import { describeAddress, describeMaintenance, describeMemory, hostPath } from './words';

export const hostColumns: Column<HostView>[] = [
  { key: 'name', title: 'Host', sort: ({ name }) => name, cell: ({ name }) => <Link to={hostPath(name)}>{name}</Link> },
  { key: 'state', title: 'State', wrap: true, sort: ({ state }) => lookOf(state).text, cell: (host) => <HostStateCell host={host} /> },
  { key: 'machines', title: 'Machines', number: true, sort: ({ machines }) => machines, cell: ({ machines }) => machines },
  { key: 'use', title: 'In use', number: true, sort: ({ inUse }) => inUse, cell: ({ inUse }) => inUse },
  { key: 'memory', title: 'Memory', sort: ({ availableBytes }) => availableBytes, cell: (host) => describeMemory(host) ?? <span className="mayfly-subtle" title="It is not heard">–</span> },
  { key: 'address', title: 'Address', sort: describeAddress, cell: (host) => host.own ? <span className="mayfly-subtle">{describeAddress(host)}</span> : describeAddress(host) },
];

export const hostFilters = (hosts: readonly HostView[]): Filter<HostView>[] => [
  { key: 'state', label: 'State', choices: choicesOf(hosts, ({ state }) => state, (state) => lookOf(state).text), matches: ({ state }, value) => state === value },
];

/** How a host is; of one that is lost, why. */
function HostStateCell({ host }: { host: HostView }) {
  const { name, state, fault } = host;
  const maintenance = describeMaintenance(host);
  return (
    <>
      <StateLabel state={state} testId={`host-state-${name}`} />
      {fault && <p className="mayfly-subtle">{[fault.what, fault.why, fault.remedy].filter(Boolean).join(' ')} <span className="mayfly-code">{fault.code}</span></p>}
      {maintenance !== null && <p className="mayfly-subtle">{maintenance}</p>}
    </>
  );
}
