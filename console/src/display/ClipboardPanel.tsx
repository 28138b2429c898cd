import { Button, FormGroup, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import type { SharedClipboard } from './useClipboard';

/** Text in and out of the desktop by hand, for browsers that do not share the clipboard by themselves. */
export function ClipboardPanel({ clipboard, onClose }: { clipboard: SharedClipboard; onClose: () => void }) {
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? clipboard.remoteText;
  const canRead = 'clipboard' in navigator;
  const fetchLocal = async () => setEdited(await navigator.clipboard.readText());
  return (
    <div className="mayfly-clipboard" data-testid="clipboard-panel">
      <FormGroup label="Clipboard of the desktop" fieldId="clipboard-text">
        <TextArea id="clipboard-text" data-testid="clipboard-text" rows={5} resizeOrientation="none" value={text} onChange={(_, value) => setEdited(value)} />
      </FormGroup>
      <div className="mayfly-panel__actions">
        <Button size="sm" data-testid="clipboard-send" onClick={() => { clipboard.send(text); setEdited(null); onClose(); }}>Send to the desktop</Button>
        {canRead && <Button size="sm" variant="secondary" data-testid="clipboard-read" onClick={() => void fetchLocal().catch(() => undefined)}>Take from this computer</Button>}
        <Button size="sm" variant="link" onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}
