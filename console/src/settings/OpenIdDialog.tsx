import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { CheckField, LinesField, NumberField, TextField } from '../layout/fields';
import { Folded } from '../pools/AdvancedFields';
import { draftOfOpenId, emptyOpenId, isOpenIdComplete, toOpenId, type OpenIdDraft } from './directoryDraft';
import { useSaveDirectory } from './directories';
import type { OpenIdSettings } from './directoryTypes';

/** Adds an OpenID Connect provider, or changes the one given. */
export function OpenIdDialog({ provider, onClose }: { provider: OpenIdSettings | null; onClose: () => void }) {
  const [draft, setDraft] = useState(() => provider === null ? emptyOpenId : draftOfOpenId(provider));
  const save = useSaveDirectory();
  const change = (part: Partial<OpenIdDraft>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog title={provider === null ? 'Add an OpenID Connect provider' : `OpenID Connect provider ${provider.name}`} verb="Save" testId="openid-dialog" wide busy={save.isPending} error={save.error} valid={isOpenIdComplete(draft)} onSubmit={() => save.mutate({ name: draft.name, request: toOpenId(draft) }, { onSuccess: onClose })} onClose={onClose}>
      {provider === null && <TextField id="openid-name" label="Name" required value={draft.name} onChange={(name) => change({ name })} help="What it is called in this house" />}
      <TextField id="openid-display-name" label="Button on the sign-in page" required value={draft.displayName} onChange={(displayName) => change({ displayName })} help="Such as: Work account" />
      <TextField id="openid-authority" label="Issuer" required value={draft.authority} onChange={(authority) => change({ authority })} help="Below it is the discovery document, such as https://login.example.org/realms/house" />
      <TextField id="openid-client-id" label="Client id" required value={draft.clientId} onChange={(clientId) => change({ clientId })} help="Mayfly's id at the provider" />
      <TextField id="openid-client-secret" label="Client secret" type="password" value={draft.clientSecret} onChange={(clientSecret) => change({ clientSecret })} help={provider === null ? 'Empty for a public client' : 'Stays as it is when empty'} />
      <Folded title="Claims, scopes and certificates" testId="openid-more">
        <TextField id="openid-user-claim" label="Claim with the login name" value={draft.userClaim} onChange={(userClaim) => change({ userClaim })} />
        <TextField id="openid-display-claim" label="Claim with the name shown" value={draft.displayNameClaim} onChange={(displayNameClaim) => change({ displayNameClaim })} />
        <TextField id="openid-groups-claim" label="Claim with the groups" value={draft.groupsClaim} onChange={(groupsClaim) => change({ groupsClaim })} help="Groups do not matter when empty" />
        <TextField id="openid-scopes" label="Scopes" value={draft.scopes} onChange={(scopes) => change({ scopes })} />
        <LinesField id="openid-ca" label="Certificates of its authorities (PEM)" value={draft.caCertificate} onChange={(caCertificate) => change({ caCertificate })} help="These alone may vouch for the provider; those this host trusts when empty" />
        <CheckField id="openid-https" label="Only by HTTPS" checked={draft.requireHttps} onChange={(requireHttps) => change({ requireHttps })} help="Off only for trials on one host" />
        <NumberField id="openid-timeout" label="Limit in seconds" value={draft.timeoutSeconds} min={1} max={60} onChange={(timeoutSeconds) => change({ timeoutSeconds })} />
      </Folded>
    </FormDialog>
  );
}
