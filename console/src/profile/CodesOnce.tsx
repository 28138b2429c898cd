import { Alert, Button } from '@patternfly/react-core';
import { useState } from 'react';

/** Recovery codes; the server does not tell them a second time. */
export function CodesOnce({ codes }: { codes: readonly string[] }) {
  const [copied, setCopied] = useState(false);
  const canCopy = 'clipboard' in navigator;
  const copy = async () => { await navigator.clipboard.writeText(codes.join('\n')); setCopied(true); };
  return (
    <div className="mayfly-stack" data-testid="recovery-codes">
      <Alert isInline component="p" variant="success" title="Your second factor is set up" role="status">
        These recovery codes are shown only now. Keep them where your phone is not: each lets you in once without it.
      </Alert>
      <ul className="mayfly-codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <div className="mayfly-buttons mayfly-not-printed">
        {canCopy && <Button variant="secondary" data-testid="codes-copy" onClick={() => void copy().catch(() => undefined)}>{copied ? 'Copied' : 'Copy'}</Button>}
        <Button variant="secondary" data-testid="codes-print" onClick={() => window.print()}>Print</Button>
      </div>
    </div>
  );
}
