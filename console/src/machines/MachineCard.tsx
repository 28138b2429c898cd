import { Card, CardBody, CardHeader, CardTitle, Checkbox } from '@patternfly/react-core';
import { ActionsColumn, type IAction } from '@patternfly/react-table';
import type { MachineView } from '../api/types';
import { inMain } from '../layout/inMain';
import type { RowSelection } from '../layout/table/DataTable';
import { isWatchable } from './machineActions';
import { MachineName, MachineState } from './machineColumns';
import { MachineThumbnail } from './MachineThumbnail';
import './machines.css';

interface Props { machine: MachineView; selection: RowSelection; watched: boolean; actions: readonly IAction[] }

/** A machine with a small picture of its screen. */
export function MachineCard({ machine, selection, watched, actions }: Props) {
  const { name, host, user, owner } = machine;
  return (
    <Card isCompact isFullHeight data-testid={`machine-card-${name}`}>
      <CardHeader
        {...(actions.length > 0 ? { actions: { actions: <ActionsColumn items={[...actions]} popperProps={inMain} />, hasNoOffset: true } } : {})}
      >
        <div className="mayfly-card-head">
          {selection && <Checkbox id={`select-card-${name}`} aria-label={`Select ${name}`} isChecked={selection.selected} onChange={(_, on) => selection.onSelect(on)} />}
          <CardTitle component="h2"><MachineName machine={machine} linked={watched} /></CardTitle>
        </div>
      </CardHeader>
      <CardBody>
        {watched && isWatchable(machine) ? <MachineThumbnail name={name} /> : <div className="mayfly-thumbnail"><span className="mayfly-subtle">{watched ? 'No screen now' : 'Its screen is not shown to you'}</span></div>}
        <div className="mayfly-card-facts"><MachineState machine={machine} /></div>
        <p className="mayfly-subtle">{machine.pool}{host !== null && ` on ${host}`}{user !== null && `, used by ${user}`}{owner !== null && `, of ${owner}`}</p>
      </CardBody>
    </Card>
  );
}
