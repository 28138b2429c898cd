import { describe, expect, it } from 'vitest';
import { emptyImage, lackOfSource } from './imageDraft';

describe('lackOfSource', () => {
  it('wants nothing more of a recipe', () => {
    expect(lackOfSource(emptyImage)).toBeNull();
  });

  it('wants a name and a whole path of a file', () => {
    const file = { ...emptyImage, source: 'file' as const };
    expect(lackOfSource(file)).toContain('Name');
    expect(lackOfSource({ ...file, name: 'win', path: 'win.qcow2' })).toContain('path');
    expect(lackOfSource({ ...file, name: 'win', path: '/srv/win.qcow2' })).toBeNull();
  });
});
