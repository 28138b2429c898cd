// The records of directories, as src/Mayfly.Contracts/Api/Directories.cs declares them.

export type LdapSecurity = 'None' | 'StartTls' | 'Ldaps';
export type LdapGroupKind = 'ActiveDirectory' | 'GroupOfNames' | 'PosixGroup';

/** The password is never given back; null leaves it as it is. */
export interface LdapSettings {
  name: string; servers: string[]; security: LdapSecurity; allowPlaintext: boolean; caCertificate: string | null; bindDn: string | null; bindPassword: string | null;
  userBase: string; userFilter: string | null; userNameAttribute: string | null; displayNameAttribute: string | null; mailAttribute: string;
  groupBase: string | null; groupKind: LdapGroupKind; timeoutSeconds: number;
}

/** The secret is never given back; null leaves it as it is. */
export interface OpenIdSettings {
  name: string; displayName: string; authority: string; caCertificate: string | null; clientId: string; clientSecret: string | null; scopes: string[];
  userClaim: string; displayNameClaim: string; groupsClaim: string | null; requireHttps: boolean; timeoutSeconds: number;
}

/** Exactly one of the two settings is set; `users` came from it. */
export interface DirectoryView { name: string; ldap: LdapSettings | null; openId: OpenIdSettings | null; users: number }
export interface SetDirectoryRequest { ldap: LdapSettings | null; openId: OpenIdSettings | null }

export interface LdapTestReport { server: string; encryption: string | null; users: number; moreUsers: boolean; groups: number; moreGroups: boolean }
export interface OpenIdTestReport { issuer: string; signingKeys: number; pkce: boolean; namesIssuer: boolean }
/** That of its kind is set. */
export interface DirectoryTestReport { ldap: LdapTestReport | null; openId: OpenIdTestReport | null }
