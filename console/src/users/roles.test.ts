import { describe, expect, it } from 'vitest';
import { permissions, roleGives, roles, roleTitle } from './roles';

const count = (role: (typeof roles)[number]['role']) => permissions.filter(({ permission }) => roleGives(role, permission)).length;

describe('roleGives', () => {
  it('gives an administrator all there is', () => {
    expect(count('Administrator')).toBe(permissions.length);
  });

  it('gives a read-only administrator nothing but sight', () => {
    expect(permissions.filter(({ permission }) => roleGives('ReadOnlyAdministrator', permission)).every(({ permission }) => permission.startsWith('View'))).toBe(true);
  });

  it('lets an image manager make applications, and a help desk restore volumes', () => {
    expect(roleGives('ImageManager', 'ManageApps')).toBe(true);
    expect(roleGives('HelpDesk', 'ManageApps')).toBe(false);
    expect(roleGives('HelpDesk', 'ManageVolumes')).toBe(true);
    expect(roleGives('HelpDesk', 'ManagePersonas')).toBe(true);
  });

  it('lets a help desk free users, not manage them', () => {
    expect(roleGives('HelpDesk', 'SupportUsers')).toBe(true);
    expect(roleGives('HelpDesk', 'ManageUsers')).toBe(false);
  });
});

describe('roleTitle', () => {
  it('is in words', () => {
    expect(roleTitle('ReadOnlyAdministrator')).toBe('Read-only administrator');
  });
});
