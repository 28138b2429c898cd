import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, segment } from '../api/http';
import type { FlexConfigProposal } from '../api/types';
import { SelectField } from '../layout/fields';
import { FormDialog } from '../layout/FormDialog';
import { useMachines } from '../machines/machines';

const path = (machine: string): string => `/machines/${segment(machine)}/recording`;

/** Finds out what a program writes: begins to record on a desktop, and tells what was written once the program was used there. */
export function RecordDialog({ onProposed, onClose }: { onProposed: (yaml: string) => void; onClose: () => void }) {
  const [machine, setMachine] = useState('');
  const machines = useMachines();
  const begin = useMutation({ mutationFn: () => call('PUT', path(machine)) });
  const propose = useMutation({ mutationFn: () => call<FlexConfigProposal>('GET', path(machine)) });
  const records = begin.isSuccess;
  return (
    <FormDialog
      testId="record" title="Record a program" verb={records ? 'Make a Flex config' : 'Begin'} busy={begin.isPending || propose.isPending} valid={machine !== ''} error={begin.error ?? propose.error}
      onSubmit={() => records ? propose.mutate(undefined, { onSuccess: ({ yaml }) => onProposed(yaml) }) : begin.mutate()} onClose={onClose}
    >
      {records
        ? <p role="status" data-testid="record-begun">What is written to the home on {machine} is recorded. Use the program there, change a setting, end it, and come back.</p>
        : (
          <SelectField
            id="record-machine" label="On the desktop" required value={machine} onChange={setMachine} help="One that is in use, by somebody who will use the program"
            choices={[{ value: '', label: 'Choose', disabled: true }, ...(machines.data ?? []).filter(({ user }) => user !== null).map(({ name, user }) => ({ value: name, label: `${name}, of ${user ?? ''}` }))]}
          />
        )}
    </FormDialog>
  );
}
