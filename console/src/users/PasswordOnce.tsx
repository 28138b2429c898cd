import { Alert, AlertActionCloseButton, ClipboardCopy } from '@patternfly/react-core';

/** The made-up password; the server does not tell it a second time. */
export function PasswordOnce({ title, name, password, onClose }: { title: string; name: string; password: string; onClose: () => void }) {
  return (
    <Alert isInline component="p" variant="success" title={title} data-testid="user-added" actionClose={<AlertActionCloseButton aria-label="Close" onClose={onClose} />}>
      <p>This password is shown only now. Hand it over in private.</p>
      <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel={`Password of ${name}`} data-testid="user-password">{password}</ClipboardCopy>
    </Alert>
  );
}
