import type { DirectoryTestReport, LdapSettings, OpenIdSettings, SetDirectoryRequest } from './directoryTypes';

/** What a form of a directory holds: texts are never null, and lists have one item a line. */
export interface LdapDraft {
  name: string; servers: string; security: LdapSettings['security']; allowPlaintext: boolean; caCertificate: string; bindDn: string; bindPassword: string;
  userBase: string; userFilter: string; userNameAttribute: string; displayNameAttribute: string; mailAttribute: string; groupBase: string; groupKind: LdapSettings['groupKind']; timeoutSeconds: number;
}

export interface OpenIdDraft {
  name: string; displayName: string; authority: string; caCertificate: string; clientId: string; clientSecret: string; scopes: string;
  userClaim: string; displayNameClaim: string; groupsClaim: string; requireHttps: boolean; timeoutSeconds: number;
}

export const emptyLdap: LdapDraft = {
  name: '', servers: '', security: 'StartTls', allowPlaintext: false, caCertificate: '', bindDn: '', bindPassword: '', userBase: '', userFilter: '', userNameAttribute: '', displayNameAttribute: '',
  mailAttribute: 'mail', groupBase: '', groupKind: 'ActiveDirectory', timeoutSeconds: 10,
};

export const emptyOpenId: OpenIdDraft = {
  name: '', displayName: '', authority: '', caCertificate: '', clientId: '', clientSecret: '', scopes: 'openid profile email', userClaim: 'preferred_username', displayNameClaim: 'name', groupsClaim: 'groups', requireHttps: true, timeoutSeconds: 10,
};

const orNull = (text: string): string | null => text.trim() === '' ? null : text.trim();
const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** A form never shows a secret: what is left empty stays as it is. */
export const draftOfLdap = (ldap: LdapSettings): LdapDraft => ({
  ...ldap, servers: ldap.servers.join('\n'), caCertificate: ldap.caCertificate ?? '', bindDn: ldap.bindDn ?? '', bindPassword: '', userFilter: ldap.userFilter ?? '',
  userNameAttribute: ldap.userNameAttribute ?? '', displayNameAttribute: ldap.displayNameAttribute ?? '', groupBase: ldap.groupBase ?? '',
});

export const draftOfOpenId = (openId: OpenIdSettings): OpenIdDraft =>
  ({ ...openId, caCertificate: openId.caCertificate ?? '', clientSecret: '', scopes: openId.scopes.join(' '), groupsClaim: openId.groupsClaim ?? '' });

export const toLdap = (draft: LdapDraft): SetDirectoryRequest => ({
  openId: null,
  ldap: {
    ...draft, servers: words(draft.servers), caCertificate: orNull(draft.caCertificate), bindDn: orNull(draft.bindDn), bindPassword: draft.bindPassword === '' ? null : draft.bindPassword, userBase: draft.userBase.trim(),
    userFilter: orNull(draft.userFilter), userNameAttribute: orNull(draft.userNameAttribute), displayNameAttribute: orNull(draft.displayNameAttribute), groupBase: orNull(draft.groupBase),
  },
});

export const toOpenId = (draft: OpenIdDraft): SetDirectoryRequest => ({
  ldap: null,
  openId: { ...draft, authority: draft.authority.trim(), caCertificate: orNull(draft.caCertificate), clientId: draft.clientId.trim(), clientSecret: draft.clientSecret === '' ? null : draft.clientSecret, scopes: words(draft.scopes), groupsClaim: orNull(draft.groupsClaim) },
});

const mostServers = 8;

export function isLdapComplete({ name, servers, userBase, security, allowPlaintext }: LdapDraft): boolean {
  const count = words(servers).length;
  return name !== '' && name.length <= 63 && count > 0 && count <= mostServers && userBase.trim() !== '' && (security !== 'None' || allowPlaintext);
}

export const isOpenIdComplete = ({ name, displayName, authority, clientId, requireHttps }: OpenIdDraft): boolean =>
  name !== '' && name.length <= 63 && displayName.trim() !== '' && clientId.trim() !== '' && (requireHttps ? /^https:\/\/./ : /^https?:\/\/./).test(authority.trim());

/** What a trial found, as a sentence. */
export function describeReport({ ldap, openId }: DirectoryTestReport): string {
  if (openId !== null) return `${openId.issuer} answered, signs with ${openId.signingKeys} keys, and ${openId.pkce ? 'supports' : 'does not say that it supports'} PKCE.`;
  if (ldap === null) return 'It answered.';
  const users = `${ldap.users}${ldap.moreUsers ? ' or more' : ''} people`;
  const groups = `${ldap.groups}${ldap.moreGroups ? ' or more' : ''} groups`;
  return `${ldap.server} answered ${ldap.encryption === null ? 'without encryption' : `by ${ldap.encryption}`}: ${users} and ${groups} are found.`;
}
