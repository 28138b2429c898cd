import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CaptureView } from '../api/types';
import { appPage } from '../apps/apps';
import { GiveUpDialog } from '../captures/CaptureActions';
import { capturePage, useFinishCapture } from '../captures/captures';
import { ProblemAlert } from '../layout/ProblemAlert';

/** Below the desktop of a capture: what to do on it, and how to end. */
export function CaptureBar({ capture: { id, app, version } }: { capture: CaptureView }) {
  const navigate = useNavigate();
  const finish = useFinishCapture();
  const [leaving, setLeaving] = useState(false);
  return (
    <div className="mayfly-capture" role="region" aria-label="Capture" data-testid="capture-bar">
      <p><strong>{app} {version}:</strong> install what you like on this desktop, then finish.</p>
      {finish.error && <ProblemAlert error={finish.error} />}
      <div className="mayfly-buttons">
        <Button size="sm" data-testid="capture-finish" isLoading={finish.isPending} isDisabled={finish.isPending} onClick={() => finish.mutate(id, { onSuccess: () => void navigate(capturePage(id), { replace: true }) })}>Finish</Button>
        <Button size="sm" variant="secondary" data-testid="capture-cancel" onClick={() => setLeaving(true)}>Give up</Button>
      </div>
      {leaving && <GiveUpDialog id={id} onClose={() => setLeaving(false)} onGone={() => void navigate(appPage(app), { replace: true })} />}
    </div>
  );
}
