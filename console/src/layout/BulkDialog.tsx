import { Progress } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { ConfirmDialog } from './ConfirmDialog';
import { ProblemAlert } from './ProblemAlert';
import { runEach, type Failure } from './runEach';

interface Props {
  /** What is done: "Log off". */
  verb: string;
  /** How many of them are spoken of: "3 sessions". */
  nouns: string;
  names: readonly string[];
  /** How a thing is called, where its name is an id. */
  labelOf?: (name: string) => string;
  act: (name: string) => Promise<unknown>;
  harmless?: boolean;
  /** False while something is missing that it takes. */
  valid?: boolean;
  /** What becomes of them. */
  children: ReactNode;
  onClose: (done: boolean) => void;
}

/** Asks once, does it to one after the other, and tells each that refused. */
export function BulkDialog({ verb, nouns, names: first, labelOf = (name) => name, act, harmless = false, valid = true, children, onClose }: Props) {
  const client = useQueryClient();
  const [names, setNames] = useState(first);
  const [done, setDone] = useState(0);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const stop = useRef<AbortController>(null);
  const run = useMutation({
    mutationFn: (signal: AbortSignal) => runEach(names, act, () => setDone((count) => count + 1), signal),
    onSettled: () => client.invalidateQueries(),
  });
  const start = () => {
    stop.current = new AbortController();
    setDone(0);
    setFailures([]);
    run.mutate(stop.current.signal, {
      onSuccess: (result) => {
        if (result.length === 0) { onClose(true); return; }
        // Trying again is for those alone that refused.
        setFailures(result);
        setNames(result.map((failure) => failure.name));
      },
    });
  };
  const cancel = () => {
    // While many are done, the first press lets the one in progress end, so that its refusal is still told.
    const waits = run.isPending && names.length > 1 && stop.current?.signal.aborted === false;
    stop.current?.abort();
    if (!waits) onClose(false);
  };
  const refused = failures.length > 0;
  const subject = names.length === 1 ? labelOf(names[0] ?? '') : `${names.length} ${nouns}`;
  return (
    <ConfirmDialog title={refused ? `${verb}: ${subject} refused` : `${verb}: ${subject}?`} verb={refused ? 'Try again' : verb} harmless={harmless} valid={valid} busy={run.isPending} error={run.error} onConfirm={start} onCancel={cancel}>
      <div className="mayfly-stack mayfly-stack--tight">
        {!refused && children}
        {run.isPending && names.length > 1 && <Progress aria-label="Done" size="sm" value={done} max={names.length} label={`${done} of ${names.length}`} />}
        {failures.map(({ name, error }) => <div key={name} data-testid={`failure-${name}`}><strong>{labelOf(name)}</strong><ProblemAlert error={error} /></div>)}
      </div>
    </ConfirmDialog>
  );
}
