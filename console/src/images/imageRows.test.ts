import { describe, expect, it } from 'vitest';
import type { ImageView } from '../api/types';
import { imageRows, rowKey } from './imageRows';

const version = (name: string, createdAt: string) => ({ version: name, source: 'recipe', createdAt, diskBytes: 1, warm: null });
const images: ImageView[] = [{ name: 'xfce', versions: [version('a', '2026-01-01T00:00:00Z'), version('b', '2026-02-01T00:00:00Z')] }, { name: 'none', versions: [] }];

describe('imageRows', () => {
  it('is one row a version, and marks the newest', () => {
    expect(imageRows(images).map((row) => [rowKey(row), row.newest])).toEqual([['xfce@a', false], ['xfce@b', true]]);
  });
});
