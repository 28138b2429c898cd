import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { CheckField, LinesField, NumberField, SelectField, TextField } from '../layout/fields';
import { Folded } from '../pools/AdvancedFields';
import { draftOfLdap, emptyLdap, isLdapComplete, toLdap, type LdapDraft } from './directoryDraft';
import { useSaveDirectory } from './directories';
import type { LdapSettings } from './directoryTypes';

const securities = [
  { value: 'StartTls', label: 'StartTLS: encrypted before anything else is said' }, { value: 'Ldaps', label: 'LDAPS: encrypted from the first byte' },
  { value: 'None', label: 'None: passwords can be read on the network' },
] as const;

const groupKinds = [
  { value: 'ActiveDirectory', label: 'Active Directory' }, { value: 'GroupOfNames', label: 'groupOfNames and groupOfUniqueNames' }, { value: 'PosixGroup', label: 'posixGroup' },
] as const;

interface FieldsProps { draft: LdapDraft; change: (part: Partial<LdapDraft>) => void }

/** Adds an LDAP directory, or changes the one given. */
export function LdapDialog({ directory, onClose }: { directory: LdapSettings | null; onClose: () => void }) {
  const [draft, setDraft] = useState(() => directory === null ? emptyLdap : draftOfLdap(directory));
  const save = useSaveDirectory();
  const change = (part: Partial<LdapDraft>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog title={directory === null ? 'Add an LDAP directory' : `LDAP directory ${directory.name}`} verb="Save" testId="ldap-dialog" wide busy={save.isPending} error={save.error} valid={isLdapComplete(draft)} onSubmit={() => save.mutate({ name: draft.name, request: toLdap(draft) }, { onSuccess: onClose })} onClose={onClose}>
      {directory === null && <TextField id="ldap-name" label="Name" required value={draft.name} onChange={(name) => change({ name })} help="What it is called in this house" />}
      <LinesField id="ldap-servers" label="Servers" value={draft.servers} onChange={(servers) => change({ servers })} help="One a line, tried in this order: host, host:port, ldap://host or ldaps://host; 8 at most" />
      <SelectField id="ldap-security" label="Protection" value={draft.security} choices={securities} onChange={(security) => change({ security })} />
      {draft.security === 'None' && <CheckField id="ldap-plain" label="Send passwords without encryption" checked={draft.allowPlaintext} onChange={(allowPlaintext) => change({ allowPlaintext })} help="Only for trials: whoever sees the network sees the passwords" />}
      <TextField id="ldap-bind-dn" label="Searches as" value={draft.bindDn} onChange={(bindDn) => change({ bindDn })} help="DN of the account that searches, or name@domain; anonymous when empty" />
      <TextField id="ldap-bind-password" label="Its password" type="password" value={draft.bindPassword} onChange={(bindPassword) => change({ bindPassword })} help={directory === null ? '' : 'Stays as it is when empty'} />
      <TextField id="ldap-user-base" label="People are below" required value={draft.userBase} onChange={(userBase) => change({ userBase })} help="DN, such as ou=people,dc=example,dc=org" />
      <SelectField id="ldap-group-kind" label="Kind" value={draft.groupKind} choices={groupKinds} onChange={(groupKind) => change({ groupKind })} />
      <TextField id="ldap-group-base" label="Groups are below" value={draft.groupBase} onChange={(groupBase) => change({ groupBase })} help="DN; groups do not matter when empty" />
      <Folded title="Filters, attributes and certificates" testId="ldap-more"><MoreFields draft={draft} change={change} /></Folded>
    </FormDialog>
  );
}

function MoreFields({ draft, change }: FieldsProps) {
  return (
    <>
      <TextField id="ldap-user-filter" label="Filter that finds one person" value={draft.userFilter} onChange={(userFilter) => change({ userFilter })} help="RFC 4515, with {user} for the name given; the usual one of its kind when empty" />
      <TextField id="ldap-user-attribute" label="Attribute with the login name" value={draft.userNameAttribute} onChange={(userNameAttribute) => change({ userNameAttribute })} help="sAMAccountName in Active Directory, uid elsewhere, when empty" />
      <TextField id="ldap-display-attribute" label="Attribute with the name shown" value={draft.displayNameAttribute} onChange={(displayNameAttribute) => change({ displayNameAttribute })} help="displayName, or cn, when empty" />
      <TextField id="ldap-mail-attribute" label="Attribute with the mail address" value={draft.mailAttribute} onChange={(mailAttribute) => change({ mailAttribute })} />
      <LinesField id="ldap-ca" label="Certificates of its authorities (PEM)" value={draft.caCertificate} onChange={(caCertificate) => change({ caCertificate })} help="These alone may vouch for the servers; those this host trusts when empty" />
      <NumberField id="ldap-timeout" label="Limit in seconds" value={draft.timeoutSeconds} min={1} max={60} onChange={(timeoutSeconds) => change({ timeoutSeconds })} />
    </>
  );
}
