import { Button, ClipboardCopy, Form, FormGroup, Spinner, TextInput } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import type { SecondFactorSetup } from '../api/types';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useBeginFactor, useConfirmFactor } from './profile';

/** As an image it can run nothing, whatever is in it. */
const asImage = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** Sets up a second factor: a picture for the person's app, and a code of it to confirm. Gives the recovery codes. */
export function FactorSetup({ onConfirmed }: { onConfirmed: (codes: readonly string[]) => void }) {
  const { mutate: begin, data: setup, error } = useBeginFactor();
  useEffect(() => begin(), [begin]);
  if (error !== null) return <ProblemAlert error={error} actions={<Button variant="link" isInline onClick={() => begin()}>Try again</Button>} />;
  if (setup === undefined) return <Spinner aria-label="Making a secret" />;
  return <Confirm setup={setup} onConfirmed={onConfirmed} />;
}

function Confirm({ setup, onConfirmed }: { setup: SecondFactorSetup; onConfirmed: (codes: readonly string[]) => void }) {
  const confirm = useConfirmFactor();
  const [code, setCode] = useState('');
  const clean = code.replaceAll(/\s/g, '');
  const submit = () => confirm.mutate(clean, { onSuccess: ({ codes }) => onConfirmed(codes), onError: () => { setCode(''); document.getElementById('factor-code')?.focus(); } });
  return (
    <Form data-testid="factor-setup" onSubmit={(event) => { event.preventDefault(); if (!confirm.isPending && clean !== '') submit(); }}>
      <p>Scan this with an authenticator app, or type the secret into it.</p>
      <img className="mayfly-qr" src={asImage(setup.qrSvg)} alt="QR code of the secret below" data-testid="factor-qr" />
      <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="Secret" data-testid="factor-secret">{setup.secret}</ClipboardCopy>
      {confirm.error && <ProblemAlert error={confirm.error} testId="factor-problem" />}
      <FormGroup label="Six digits the app shows now" fieldId="factor-code" isRequired>
        <TextInput id="factor-code" data-testid="factor-code" inputMode="numeric" autoComplete="one-time-code" isRequired value={code} onChange={(_, value) => setCode(value)} />
      </FormGroup>
      <Button type="submit" data-testid="factor-confirm" isLoading={confirm.isPending} isDisabled={confirm.isPending || clean === ''}>Confirm</Button>
    </Form>
  );
}
