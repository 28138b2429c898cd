import { Progress } from '@patternfly/react-core';
import { useRef, useState } from 'react';
import type { MachineView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { ProblemAlert } from '../layout/ProblemAlert';
import type { Failure } from '../layout/runEach';
import { describeLoss, type MachineAction } from './machineActions';
import { useMachineAction } from './machines';

/** What was chosen to be done, and to which machines. */
export interface Intent { action: MachineAction; machines: readonly MachineView[] }

/** Asks once, does it to one machine after the other, and tells each that refused. */
export function MachineActionDialog({ intent, onClose }: { intent: Intent; onClose: (done: boolean) => void }) {
  const { action, machines } = intent;
  const [names, setNames] = useState<readonly string[]>(() => machines.map((machine) => machine.name));
  const [done, setDone] = useState(0);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const act = useMachineAction();
  const stop = useRef<AbortController>(null);
  const finish = (result: Failure[]) => {
    if (result.length === 0) { onClose(true); return; }
    // Trying again is for those alone that refused.
    setFailures(result);
    setNames(result.map((failure) => failure.name));
  };
  const start = () => {
    stop.current = new AbortController();
    setDone(0);
    setFailures([]);
    act.mutate({ action, names, signal: stop.current.signal, onDone: () => setDone((count) => count + 1) }, { onSuccess: finish });
  };
  const cancel = () => {
    // While many are done, the first press lets the one in progress end, so that its refusal is still told.
    const waits = act.isPending && names.length > 1 && stop.current?.signal.aborted === false;
    stop.current?.abort();
    if (!waits) onClose(false);
  };
  const refused = failures.length > 0;
  const subject = names.length === 1 ? names[0] ?? '' : `${names.length} machines`;
  return (
    <ConfirmDialog title={refused ? `${action.title}: ${subject} refused` : `${action.title} ${subject}?`} verb={refused ? 'Try again' : action.title} harmless={action.loss === 'nothing'} busy={act.isPending} error={act.error} onConfirm={start} onCancel={cancel}>
      <div className="mayfly-stack mayfly-stack--tight">
        {!refused && <Effect action={action} machines={machines.filter(({ name }) => names.includes(name))} />}
        {act.isPending && names.length > 1 && <Progress aria-label="Machines done" size="sm" value={done} max={names.length} label={`${done} of ${names.length}`} />}
        {failures.map(({ name, error }) => <div key={name} data-testid={`failure-${name}`}><strong>{name}</strong><ProblemAlert error={error} /></div>)}
      </div>
    </ConfirmDialog>
  );
}

function Effect({ action, machines }: Intent) {
  return (
    <>
      <p>{machines.length === 1 ? <strong>{machines[0]?.name}</strong> : 'Each of them'} {action.effect}</p>
      {machines.map((machine) => {
        const loss = describeLoss(action, machine);
        return loss && <p key={machine.name}><strong>{machine.name}</strong>: <strong>{loss.who}</strong> {loss.what}.</p>;
      })}
    </>
  );
}
