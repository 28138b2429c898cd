import { describe, expect, it } from 'vitest';
import type { ImageView, PoolView } from '../api/types';
import { versionChoices } from './versionChoices';

const version = (name: string, published: boolean) => ({ version: name, source: 'recipe', createdAt: '2026-01-01T00:00:00Z', diskBytes: 1, warm: published ? {} : null });
const images = [{ name: 'xfce', versions: [version('new', false), version('now', true), version('old', true)] }, { name: 'micro', versions: [version('other', true)] }] as ImageView[];
const pool = { image: 'xfce', version: 'now', provisioning: 'Instant' } as PoolView;

describe('versionChoices', () => {
  it('offers the versions of the pool\'s image, not the one it has', () => {
    expect(versionChoices(pool, images, false).map(({ value, disabled }) => [value, disabled])).toEqual([['new', false], ['now', true], ['old', false]]);
  });

  it('says which one has to be published first', () => {
    expect(versionChoices(pool, images, false).map(({ label }) => label.split(': ').at(-1))).toEqual(['will be published first', 'the pool has it', 'published']);
  });

  it('can be held to what is published, which booted machines do not need', () => {
    expect(versionChoices(pool, images, true).map(({ value }) => value)).toEqual(['now', 'old']);
    expect(versionChoices({ ...pool, provisioning: 'Full' }, images, true)).toHaveLength(3);
  });
});
