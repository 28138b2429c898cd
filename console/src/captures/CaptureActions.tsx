import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CaptureView } from '../api/types';
import { appPage } from '../apps/apps';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { captureDesktop, useCancelCapture, type useFinishCapture } from './captures';

interface Props { capture: CaptureView; finish: ReturnType<typeof useFinishCapture> }

/** What can be done to a capture that has not ended. */
export function CaptureActions({ capture: { id, app, state }, finish }: Props) {
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      {state === 'Open' && (
        <>
          <Button data-testid="capture-desktop" onClick={() => void navigate(captureDesktop(id))}>Go to its desktop</Button>
          <Button variant="secondary" data-testid="capture-finish" isLoading={finish.isPending} isDisabled={finish.isPending} onClick={() => finish.mutate(id)}>Finish</Button>
        </>
      )}
      {state !== 'Packing' && <Button variant="secondary" data-testid="capture-cancel" onClick={() => setLeaving(true)}>Give up</Button>}
      {leaving && <GiveUpDialog id={id} onClose={() => setLeaving(false)} onGone={() => void navigate(appPage(app))} />}
    </>
  );
}

export function GiveUpDialog({ id, onClose, onGone }: { id: string; onClose: () => void; onGone: () => void }) {
  const cancel = useCancelCapture();
  return (
    <ConfirmDialog title="Give up this capture?" verb="Give up" busy={cancel.isPending} error={cancel.error} onConfirm={() => cancel.mutate(id, { onSuccess: onGone })} onCancel={onClose}>
      Its machine is destroyed with what was installed on it. There will be no package.
    </ConfirmDialog>
  );
}
