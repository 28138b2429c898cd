import { describe, expect, it } from 'vitest';
import { describeReport, draftOfLdap, draftOfOpenId, emptyLdap, emptyOpenId, isLdapComplete, isOpenIdComplete, toLdap, toOpenId } from './directoryDraft';

const ldap = { ...emptyLdap, name: 'ad', servers: 'dc1\n dc2, dc3', userBase: 'dc=example' };
const openId = { ...emptyOpenId, name: 'idp', displayName: 'Work account', authority: 'https://idp.example', clientId: 'mayfly' };

describe('toLdap', () => {
  it('sends null for what is empty, and each server', () => {
    expect(toLdap(ldap)).toMatchObject({ openId: null, ldap: { name: 'ad', servers: ['dc1', 'dc2', 'dc3'], bindDn: null, bindPassword: null, groupBase: null, mailAttribute: 'mail' } });
  });

  it('does not send a secret back that was never shown', () => {
    const sent = toLdap({ ...ldap, bindPassword: 'secret' }).ldap;
    expect(sent?.bindPassword).toBe('secret');
    expect(sent && toLdap(draftOfLdap(sent)).ldap).toEqual({ ...sent, bindPassword: null });
  });
});

describe('toOpenId', () => {
  it('splits the scopes and keeps the secret to itself', () => {
    const sent = toOpenId({ ...openId, clientSecret: 'secret', groupsClaim: '' }).openId;
    expect(sent).toMatchObject({ scopes: ['openid', 'profile', 'email'], groupsClaim: null, clientSecret: 'secret' });
    expect(sent && toOpenId(draftOfOpenId(sent)).openId).toEqual({ ...sent, clientSecret: null });
  });
});

describe('isLdapComplete', () => {
  it('wants a server and a base, and a yes to plain passwords', () => {
    expect(isLdapComplete(emptyLdap)).toBe(false);
    expect(isLdapComplete(ldap)).toBe(true);
    expect(isLdapComplete({ ...ldap, servers: 'a b c d e f g h i' })).toBe(false);
    expect(isLdapComplete({ ...ldap, security: 'None' })).toBe(false);
    expect(isLdapComplete({ ...ldap, security: 'None', allowPlaintext: true })).toBe(true);
  });
});

describe('isOpenIdComplete', () => {
  it('wants https, unless it is allowed to be without', () => {
    expect(isOpenIdComplete(openId)).toBe(true);
    expect(isOpenIdComplete({ ...openId, authority: 'http://idp' })).toBe(false);
    expect(isOpenIdComplete({ ...openId, authority: 'http://idp', requireHttps: false })).toBe(true);
  });
});

describe('describeReport', () => {
  it('tells what was found', () => {
    expect(describeReport({ openId: null, ldap: { server: 'ldap://dc1:389', encryption: 'Tls13', users: 1000, moreUsers: true, groups: 4, moreGroups: false } })).toBe('ldap://dc1:389 answered by Tls13: 1000 or more people and 4 groups are found.');
    expect(describeReport({ ldap: null, openId: { issuer: 'https://idp', signingKeys: 2, pkce: true, namesIssuer: false } })).toContain('supports PKCE');
  });
});
