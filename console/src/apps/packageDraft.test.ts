import { describe, expect, it } from 'vitest';
import { emptyPackage, lackOfContent, lackOfVersion, linesOf, toCapture, toImport } from './packageDraft';

const draft = { ...emptyPackage, version: '1', image: 'xfce' };

describe('lackOfVersion', () => {
  it('takes a version that is good and not there yet', () => {
    expect(lackOfVersion('1.0', ['2.0'])).toBeNull();
    expect(lackOfVersion('', [])).not.toBeNull();
    expect(lackOfVersion('a b', [])).not.toBeNull();
    expect(lackOfVersion('2.0', ['2.0'])).toContain('already');
  });
});

describe('lackOfContent', () => {
  it('asks for what the way takes', () => {
    expect(lackOfContent(draft)).toBeNull();
    expect(lackOfContent({ ...draft, image: '' })).not.toBeNull();
    expect(lackOfContent({ ...draft, way: 'packages' })).not.toBeNull();
    expect(lackOfContent({ ...draft, way: 'packages', packages: 'gimp\n' })).toBeNull();
    expect(lackOfContent({ ...draft, way: 'files', files: '/srv/a.deb\nb.deb' })).not.toBeNull();
    expect(lackOfContent({ ...draft, way: 'files', files: '/srv/a.deb\n\n/srv/b.deb' })).toBeNull();
    expect(lackOfContent({ ...draft, way: 'script', script: ' ' })).not.toBeNull();
    expect(lackOfContent({ ...draft, way: 'script', script: 'true' })).toBeNull();
  });

  it('needs no image for a file', () => {
    expect(lackOfContent({ ...emptyPackage, way: 'import', path: '/srv/a.tar' })).toBeNull();
    expect(lackOfContent({ ...emptyPackage, way: 'import', path: 'a.tar' })).not.toBeNull();
  });
});

describe('toCapture', () => {
  const filled = { ...draft, packages: 'a\nb', files: '/c.deb', script: 'true' };

  it('sends nothing of ways that were left', () => {
    expect(toCapture('gimp', filled)).toMatchObject({ app: 'gimp', version: '1', image: 'xfce', imageVersion: null, base: null, packages: [], files: [], script: null });
    expect(toCapture('gimp', { ...filled, way: 'packages' })).toMatchObject({ packages: ['a', 'b'], files: [], script: null });
    expect(toCapture('gimp', { ...filled, way: 'script', base: '0.9' })).toMatchObject({ packages: [], script: 'true', base: '0.9' });
  });
});

describe('toImport', () => {
  it('sends the file', () => {
    expect(toImport({ ...draft, path: '/srv/a.tar', allowPrivileged: true })).toEqual({ version: '1', path: '/srv/a.tar', allowPrivileged: true });
  });
});

describe('linesOf', () => {
  it('drops what is empty', () => {
    expect(linesOf(' a \n\n b')).toEqual(['a', 'b']);
  });
});
