import { Button, FormGroup, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import { mayCopy, mayPaste } from './clipboardRule';
import { writeLocal, type SharedClipboard } from './useClipboard';

/** Text in and out of the desktop by hand, for browsers that do not share the clipboard by themselves; only the ways its pool allows. */
export function ClipboardPanel({ clipboard, onClose }: { clipboard: SharedClipboard; onClose: () => void }) {
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? clipboard.remoteText;
  const [pastes, copies] = [mayPaste(clipboard.rule), mayCopy(clipboard.rule)];
  const canRead = 'clipboard' in navigator;
  const fetchLocal = async () => setEdited(await navigator.clipboard.readText());
  const label = copies ? 'Clipboard of the desktop' : 'Text for the desktop';
  return (
    <div className="mayfly-clipboard" role="group" aria-label="Clipboard" data-testid="clipboard-panel">
      <FormGroup label={label} fieldId="clipboard-text">
        <TextArea id="clipboard-text" data-testid="clipboard-text" rows={5} resizeOrientation="none" value={text} {...(pastes ? {} : { readOnlyVariant: 'default' })} onChange={(_, value) => setEdited(value)} autoFocus />
      </FormGroup>
      {!(pastes && copies) && <p className="mayfly-subtle" data-testid="clipboard-rule">{pastes ? 'Nothing can be copied out of this desktop.' : 'Nothing can be copied into this desktop.'}</p>}
      <div className="mayfly-panel__actions">
        {pastes && <Button size="sm" data-testid="clipboard-send" onClick={() => { clipboard.send(text); setEdited(null); onClose(); }}>Send to the desktop</Button>}
        {pastes && canRead && <Button size="sm" variant="secondary" data-testid="clipboard-read" onClick={() => void fetchLocal().catch(() => undefined)}>Take from this computer</Button>}
        {!pastes && canRead && <Button size="sm" data-testid="clipboard-copy" onClick={() => void writeLocal(text)}>Copy to this computer</Button>}
        <Button size="sm" variant="link" onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}
