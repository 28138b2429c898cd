import type { PersonaPartView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { personaCalls, usePersonaChange } from './personas';

/** Has the next desktop get one part of the settings as its image has it. */
export function ResetPartDialog({ user, part, onClose }: { user: string | null; part: PersonaPartView; onClose: () => void }) {
  const reset = usePersonaChange(() => personaCalls.reset(user, part.config));
  return (
    <ConfirmDialog title={`Reset ${part.displayName}?`} verb="Reset" busy={reset.isPending} error={reset.error} onConfirm={() => reset.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <p>The next desktop gets it as the image has it. What was kept stays as an earlier version, and can be restored. A desktop that is open now goes on as it is.</p>
    </ConfirmDialog>
  );
}
